"""Documents as doors see them: asking for one, opening one, forgetting them. They are made by `making_documents`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.domain.documents import (
    NO_SECOND_LANGUAGE,
    SECOND_LANGUAGES,
    DocumentKind,
    DocumentProblem,
    DocumentState,
    second_language_for,
)
from services.certification.domain.errors import DocumentStoreAway
from services.certification.models import Certificate, Document
from services.certification.operations.certificates import read_certificate
from services.certification.queries.documents import find_document, list_documents_of
from services.certification.queries.templates import get_template
from shared.contracts.certification import DocumentWanted
from shared.documents import DOCUMENTS_AWAY, DocumentMissing, Documents
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.messaging import outbox


@dataclass(frozen=True)
class OpenedDocument:
    """What somebody gets who asks for a document: the file, or why there is none yet."""

    filename: str
    second_language: str
    #: None while the worker is still making it.
    pdf: bytes | None
    problem: DocumentProblem | None


def want_document(
    session: Session, *, kind: DocumentKind, subject_id: UUID, second_language: str, now: datetime
) -> tuple[Document, bool]:
    """The document of a certificate, or of a pass's credential, and whether it was not wanted before."""
    row = {
        "id": new_id(),
        "kind": kind,
        "subject_id": subject_id,
        "second_language": second_language,
        "state": DocumentState.WANTED,
        "wanted_at": now,
        "try_at": now,
        "attempts": 0,
    }
    added = session.scalars(insert(Document).values(row).on_conflict_do_nothing().returning(Document.id)).one_or_none()
    document = find_document(session, subject_id=subject_id, second_language=second_language)
    if document is None:
        raise NotFound(kind="document")
    return document, added is not None


def open_certificate_document(
    session: Session, *, actor: Actor, number: str, second_language: str, documents: Documents, now: datetime
) -> OpenedDocument:
    """The PDF of a certificate for its holder or the office, as `open_document` gives it. Raises NotFound."""
    certificate = read_certificate(session, actor=actor, number=number)
    allowed = second_languages_of(session, certificate)
    if certificate.erased_at is not None or second_language not in (NO_SECOND_LANGUAGE, *allowed):
        raise NotFound(kind="document")
    return open_document(
        session,
        kind=DocumentKind.CERTIFICATE,
        subject_id=certificate.id,
        filename=f"{certificate.level_code}-{certificate.number}",
        second_language=second_language,
        documents=documents,
        now=now,
    )


def second_languages_of(session: Session, certificate: Certificate) -> tuple[str, ...]:
    """The languages in which the sheet of a certificate can say everything a second time, as its template allows."""
    if certificate.template_version is None:
        return SECOND_LANGUAGES
    template = get_template(session, level_code=certificate.level_code, version=certificate.template_version)
    return tuple(language for language in SECOND_LANGUAGES if language in template.languages)


def default_language(session: Session, certificate: Certificate) -> str:
    """The second language of the sheet that is made when a certificate is issued: its holder's, where it is allowed."""
    return second_language_for(certificate.language, allowed=second_languages_of(session, certificate))


def open_document(
    session: Session,
    *,
    kind: DocumentKind,
    subject_id: UUID,
    filename: str,
    second_language: str,
    documents: Documents,
    now: datetime,
) -> OpenedDocument:
    """The stored file; where there is none yet, or the store has lost it, the worker is told to make it.

    Who may open it, the caller has checked. Raises NotFound for a language that sheets do not speak, and
    DocumentStoreAway where the file exists but the store does not answer. Event: DocumentWanted.
    """
    if second_language not in (NO_SECOND_LANGUAGE, *SECOND_LANGUAGES):
        raise NotFound(kind="document")
    document, is_new = want_document(
        session, kind=kind, subject_id=subject_id, second_language=second_language, now=now
    )
    pdf = _fetch(document, documents) if document.key else None
    if is_new or (document.key and pdf is None):
        _call_for(session, document, now=now)
    suffix = f"-{second_language}" if second_language else ""
    return OpenedDocument(f"{filename}{suffix}.pdf", second_language, pdf, document.problem)


def has_document(session: Session, *, actor: Actor, number: str, second_language: str) -> OpenedDocument:
    """How far the PDF of a certificate is, without opening the store; `pdf` is empty bytes where it is there."""
    certificate = read_certificate(session, actor=actor, number=number)
    document = find_document(session, subject_id=certificate.id, second_language=second_language)
    if document is None:
        raise NotFound(kind="document")
    is_stored = document.state is DocumentState.STORED
    return OpenedDocument("", second_language, b"" if is_stored else None, document.problem)


def forget_documents(session: Session, *, subject_id: UUID, documents: Documents) -> None:
    """Delete every file of a subject and what is known of them: its holder is being erased."""
    for document in list_documents_of(session, subject_id=subject_id):
        if document.key:
            documents.delete(document.key)
        session.delete(document)


def _fetch(document: Document, documents: Documents) -> bytes | None:
    assert document.key is not None  # asked for by the caller
    try:
        return documents.get(document.key)
    except DocumentMissing:
        return None
    except DOCUMENTS_AWAY as error:
        raise DocumentStoreAway from error


def _call_for(session: Session, document: Document, *, now: datetime) -> None:
    """Let the worker make it; a file that the store has lost counts as never stored."""
    document.state = DocumentState.WANTED
    document.key = document.sha256 = document.size = document.seal_level = document.stored_at = None
    document.try_at, document.attempts, document.problem = now, 0, None
    outbox.append(session, DocumentWanted(document_id=document.id), now=now)
