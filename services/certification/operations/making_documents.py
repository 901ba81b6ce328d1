"""Making documents: set by typst, sealed, stored, and later given a timestamp. Only workers load this.

A file is stored once under a key made from its content. Where the key signs deterministically, as keys in files do, a
lost file becomes the same again, byte for byte; only a timestamp differs, and it stands behind what was sealed.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.pdf_seal import (
    SealIdentity,
    TimestampUnavailable,
    add_timestamp,
    open_identity,
    seal_pdf,
)
from services.certification.adapters.renderer import seal_field_label, sheet_sentences, timestamp_field_label
from services.certification.adapters.seal import Seal
from services.certification.adapters.signers import SigningKeyUnusable
from services.certification.adapters.wording import PROGRAMME_LANGUAGE
from services.certification.domain.documents import (
    DocumentKind,
    DocumentProblem,
    DocumentState,
    SealLevel,
    next_try,
)
from services.certification.domain.errors import SigningKeyMissing, SigningKeyUnknown
from services.certification.domain.keys import KeyPurpose
from services.certification.models import Document
from services.certification.operations.documents import default_language, want_document
from services.certification.operations.keys import present_key
from services.certification.operations.sheets import render_subject
from services.certification.queries.documents import (
    has_store_failed,
    hold_certificate,
    lock_due_document,
    lock_next_due_document,
)
from shared.documents import DOCUMENTS_AWAY, Documents
from shared.kernel.errors import NotFound
from shared.observability.logs import get_logger

logger = get_logger(__name__)

_PDF = "application/pdf"
_KEY_FAILURES = (SigningKeyUnusable, SigningKeyMissing, SigningKeyUnknown)
#: After the store has failed, nobody waits for it again this long: thousands of documents may be due.
_STORE_REST = timedelta(seconds=30)


def make_first_documents(
    session: Session, *, certificate_ids: Iterable[UUID], documents: Documents, seal: Seal, now: datetime
) -> None:
    """Make the PDFs of new certificates in their holders' languages, or note when each is tried again.

    Nothing is made where the holder was erased meanwhile.
    """
    for certificate_id in certificate_ids:
        _make_first_document(session, certificate_id=certificate_id, documents=documents, seal=seal, now=now)


def _make_first_document(
    session: Session, *, certificate_id: UUID, documents: Documents, seal: Seal, now: datetime
) -> None:
    try:
        certificate = hold_certificate(session, certificate_id=certificate_id)
    except NotFound:
        return
    document, _ = want_document(
        session,
        kind=DocumentKind.CERTIFICATE,
        subject_id=certificate.id,
        second_language=default_language(session, certificate),
        now=now,
    )
    make_document(session, document_id=document.id, documents=documents, seal=seal, now=now)


def make_document(session: Session, *, document_id: UUID, documents: Documents, seal: Seal, now: datetime) -> None:
    """Do what a document needs next, unless that is done or somebody else is at it.

    Nothing is lost where the store, the key or the timestamp authority fails: the row says so and when to try again.
    """
    document = lock_due_document(session, document_id=document_id, now=now)
    if document is not None:
        _advance(session, document, documents=documents, seal=seal, now=now)


def make_next_document(session: Session, *, documents: Documents, seal: Seal, now: datetime) -> bool:
    """Do what the document needs that is due the longest; whether there was one."""
    document = lock_next_due_document(session, now=now)
    if document is not None:
        _advance(session, document, documents=documents, seal=seal, now=now)
    return document is not None


def _advance(session: Session, document: Document, *, documents: Documents, seal: Seal, now: datetime) -> None:
    if has_store_failed(session, since=now - _STORE_REST):
        document.try_at = now + _STORE_REST
        return
    document.tried_at = now
    try:
        if document.state is DocumentState.WANTED:
            _make(session, document, documents=documents, seal=seal, now=now)
        else:
            _stamp(session, document, documents=documents, seal=seal, now=now)
    except NotFound:
        session.delete(document)  # Its subject was erased while it waited.
    except DOCUMENTS_AWAY as error:
        _put_off(document, DocumentProblem.STORE, error, now=now)
    except _KEY_FAILURES as error:
        _put_off(document, DocumentProblem.SEAL, error, now=now)
    except TimestampUnavailable as error:
        _put_off(document, DocumentProblem.TIMESTAMP, error, now=now)


def _make(session: Session, document: Document, *, documents: Documents, seal: Seal, now: datetime) -> None:
    code, identity = _identity(session, seal=seal, now=now)
    rendered = render_subject(session, document, identity=identity, seal=seal)
    pdf = seal_pdf(
        rendered.pdf,
        identity=identity,
        field_label=seal_field_label(sheet_sentences(PROGRAMME_LANGUAGE)),
        # The seal says when the certificate was issued, not when a lost file was made again.
        at=max(rendered.issued_at, identity.starts_at),
    )
    digest = hashlib.sha256(pdf).hexdigest()
    if document.sealed_sha256 not in (None, digest):
        logger.warning("document_made_again_differs", document_id=str(document.id))
    if rendered.missing_letters:
        logger.warning("document_has_boxes", document_id=str(document.id), letters=len(rendered.missing_letters))
    document.sealed_sha256, document.key_code = digest, code
    _store(document, pdf, SealLevel.B_B, documents=documents, now=now)
    # A timestamp is the next step and has a transaction of its own: the certificate does not wait for an authority.
    document.try_at = now if seal.timestamps else None


def _stamp(session: Session, document: Document, *, documents: Documents, seal: Seal, now: datetime) -> None:
    if seal.timestamps is None or document.seal_level is not SealLevel.B_B or document.key is None:
        document.try_at, document.problem = None, None
        return
    _, identity = _identity(session, seal=seal, now=now)
    before = document.key
    pdf = add_timestamp(
        documents.get(before),
        identity=identity,
        authority=seal.timestamps,
        field_label=timestamp_field_label(sheet_sentences(PROGRAMME_LANGUAGE)),
        number=1,
    )
    _store(document, pdf, seal.timestamps.level, documents=documents, now=now)
    document.try_at = None
    # Where this transaction fails after all, the row names a file that is gone: it is made again, with the same bytes.
    documents.delete(before)


def _identity(session: Session, *, seal: Seal, now: datetime) -> tuple[str, SealIdentity]:
    key = present_key(session, purpose=KeyPurpose.DOCUMENTS, seal=seal, now=now)
    identity = open_identity(key)
    if not identity.starts_at <= now <= identity.ends_at:
        raise SigningKeyUnusable(f"{key.code}: the certificate does not hold now")
    return key.code, identity


def _store(document: Document, pdf: bytes, level: SealLevel, *, documents: Documents, now: datetime) -> None:
    digest = hashlib.sha256(pdf).hexdigest()
    key = f"{document.kind}s/{document.subject_id}/{digest}.pdf"
    documents.put(key, pdf, content_type=_PDF)
    document.key, document.sha256, document.size, document.seal_level = key, digest, len(pdf), level
    document.state, document.stored_at, document.problem, document.attempts = DocumentState.STORED, now, None, 0


def _put_off(document: Document, problem: DocumentProblem, error: Exception, *, now: datetime) -> None:
    document.attempts += 1
    document.problem, document.try_at = problem, next_try(document.attempts, now=now)
    logger.warning("document_put_off", document_id=str(document.id), problem=problem, error=type(error).__name__)
