"""The sheet of a pass: a PDF of its present credential, for the association's board and the office."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.documents import DocumentKind
from services.certification.operations.documents import OpenedDocument, open_document
from services.certification.operations.passes import read_pass_credential
from shared.documents import Documents
from shared.kernel.actor import Actor


def open_pass_document(
    session: Session, *, actor: Actor, association_id: UUID, second_language: str, documents: Documents, now: datetime
) -> OpenedDocument:
    """The PDF, or nothing yet where the worker has just been told to make it. Raises NotFound, DocumentStoreAway."""
    credential = read_pass_credential(session, actor=actor, association_id=association_id)
    return open_document(
        session,
        kind=DocumentKind.PASS,
        subject_id=credential.id,
        filename="memo-pass",
        second_language=second_language,
        documents=documents,
        now=now,
    )
