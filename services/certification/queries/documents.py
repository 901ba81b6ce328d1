"""Documents by what they show, and the ones that are due."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.documents import DocumentProblem, DocumentState
from services.certification.models import BatchItem, Certificate, Document, PassCredential
from shared.kernel.errors import NotFound


def find_document(session: Session, *, subject_id: UUID, second_language: str) -> Document | None:
    """The document of a certificate, or of a pass's credential, in a second language."""
    return session.scalars(
        sa.select(Document).where(Document.subject_id == subject_id, Document.second_language == second_language)
    ).one_or_none()


def list_documents_of(session: Session, *, subject_id: UUID) -> list[Document]:
    """Every document of one subject, locked."""
    statement = sa.select(Document).where(Document.subject_id == subject_id).order_by(Document.second_language)
    return list(session.scalars(statement.with_for_update()))


def lock_due_document(session: Session, *, document_id: UUID, now: datetime) -> Document | None:
    """A document that is due and that nobody else is making now, locked."""
    statement = sa.select(Document).where(Document.id == document_id, Document.try_at <= now)
    return session.scalars(statement.with_for_update(skip_locked=True)).one_or_none()


def lock_next_due_document(session: Session, *, now: datetime) -> Document | None:
    """The document that is due the longest and that nobody else is making now, locked."""
    statement = sa.select(Document).where(Document.try_at <= now).order_by(Document.try_at).limit(1)
    return session.scalars(statement.with_for_update(skip_locked=True)).one_or_none()


def knows_document(session: Session, *, sha256: str) -> bool:
    """Whether a file is one of ours, byte for byte: as it is stored, or as it was before it got its timestamp."""
    same = sa.select(Document.id).where(sa.or_(Document.sha256 == sha256, Document.sealed_sha256 == sha256))
    return bool(session.scalar(sa.select(same.exists())))


def has_store_failed(session: Session, *, since: datetime) -> bool:
    """Whether the store of files has refused a document since then."""
    failed = sa.select(Document.id).where(Document.problem == DocumentProblem.STORE, Document.tried_at > since)
    return bool(session.scalar(sa.select(failed.exists())))


@dataclass(frozen=True)
class DocumentsOfBatch:
    """How many documents of a batch's certificates are stored, and what others have found away when they were tried."""

    stored: int
    held_up: frozenset[DocumentProblem]


def read_documents_of_batch(session: Session, *, batch_id: UUID) -> DocumentsOfBatch:
    """How far the documents of a batch are."""
    statement = (
        sa.select(Document.state, Document.problem, sa.func.count())
        .join(BatchItem, BatchItem.certificate_id == Document.subject_id)
        .where(BatchItem.batch_id == batch_id)
        .group_by(Document.state, Document.problem)
    )
    found = session.execute(statement).all()
    return DocumentsOfBatch(
        stored=sum(count for state, _, count in found if state is DocumentState.STORED),
        held_up=frozenset(problem for state, problem, _ in found if problem and state is DocumentState.WANTED),
    )


def hold_certificate(session: Session, *, certificate_id: UUID) -> Certificate:
    """The certificate of an id, which nobody can erase until this transaction ends. Raises NotFound.

    One that was erased is not found: nothing is to be set from it any more.
    """
    statement = sa.select(Certificate).where(Certificate.id == certificate_id, Certificate.erased_at.is_(None))
    held = session.scalars(statement.with_for_update(read=True).execution_options(populate_existing=True)).one_or_none()
    if held is None:
        raise NotFound(kind="certificate")
    return held


def get_pass_credential(session: Session, *, credential_id: UUID) -> PassCredential:
    """One credential of a pass. Raises NotFound."""
    credential = session.get(PassCredential, credential_id)
    if credential is None:
        raise NotFound(kind="pass")
    return credential
