"""Certificates that were issued: revoking by the office, reading, searching."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.certificates import (
    CERTIFICATE_TRANSITIONS,
    CertificateState,
    RevocationReason,
    RevocationRemark,
)
from services.certification.domain.log import LogKind
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.status import REVOKED_VALUE, StatusPurpose
from services.certification.domain.text import clean_paragraphs
from services.certification.models import Certificate
from services.certification.operations.log import add_to_log
from services.certification.operations.passes import weigh_passes_of
from services.certification.operations.status import set_status
from services.certification.queries.certificates import (
    get_certificate,
    list_certificates,
    list_certificates_of,
    lock_certificate,
)
from services.certification.queries.cursors import read_cursor
from shared.contracts.certification import CertificateRevoked
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, require, require_or_hide
from shared.messaging import outbox

_NOTE_LIMIT = 2_000


def revoke_certificate(
    session: Session,
    *,
    actor: Actor,
    number: str,
    reason: RevocationReason,
    remark: RevocationRemark | None = None,
    note: str,
    seal: Seal,
    now: datetime,
) -> Certificate:
    """The office takes a certificate back: the public page and the status list say so from the commit on.

    `reason` and `remark` may be read by everybody, `note` only by the office. Appends CertificateRevoked; weighs the
    passes of the person's associations. Raises TransitionRefused where it no longer counts, TextRefused for the note.
    """
    require(PERMISSIONS, actor, Permission.CERTIFICATE_REVOKE, Facts())
    certificate = lock_certificate(session, number=number)
    certificate.state = CERTIFICATE_TRANSITIONS.check(certificate.state, CertificateState.REVOKED)
    certificate.revoked_at = now
    certificate.revocation_reason = reason
    certificate.revocation_remark = remark
    certificate.revocation_note = clean_paragraphs(note, field="note", limit=_NOTE_LIMIT)
    certificate.revoked_by_id = actor.person_id
    certificate.review_reason = certificate.review_opened_at = None
    set_status(
        session, subject_id=certificate.id, purpose=StatusPurpose.REVOCATION, value=REVOKED_VALUE, seal=seal, now=now
    )
    audit.record(
        session,
        actor=actor,
        action=Permission.CERTIFICATE_REVOKE,
        subject="certificate",
        subject_id=certificate.id,
        now=now,
        before={"state": CertificateState.ISSUED},
        after={"state": CertificateState.REVOKED, "reason": reason},
    )
    _tell_of_revocation(session, certificate, now=now)
    return certificate


def _tell_of_revocation(session: Session, certificate: Certificate, *, now: datetime) -> None:
    event = CertificateRevoked(
        certificate_id=certificate.id,
        number=certificate.number,
        person_id=certificate.person_id,
        level_code=certificate.level_code,
        revoked_on=programme_date(now),
    )
    outbox.append(session, event, now=now)
    weigh_passes_of(session, person_id=certificate.person_id, now=now)
    add_to_log(
        session,
        kind=LogKind.CERTIFICATE_REVOKED,
        subject_id=certificate.id,
        content=certificate.credential,
        salt=certificate.log_salt,
        now=now,
    )


def list_own_certificates(session: Session, *, actor: Actor) -> list[Certificate]:
    """What a person owns, the newest first."""
    require(PERMISSIONS, actor, Permission.CERTIFICATE_LIST_OWN, Facts())
    return list_certificates_of(session, person_id=actor.person_id) if actor.person_id else []


def read_certificate(session: Session, *, actor: Actor, number: str) -> Certificate:
    """One certificate for its holder or the office; for everybody else it is not found."""
    certificate = get_certificate(session, number=number)
    require_or_hide(
        PERMISSIONS, actor, Permission.CERTIFICATE_READ, Facts(person_id=certificate.person_id), kind="certificate"
    )
    return certificate


def read_credential_token(session: Session, *, actor: Actor, number: str) -> str:
    """The twin of a certificate's credential, for its holder or the office. Raises NotFound where there is none."""
    certificate = read_certificate(session, actor=actor, number=number)
    if certificate.credential_jwt is None:
        raise NotFound(kind="credential_token")
    return certificate.credential_jwt


def search_certificates(
    session: Session,
    *,
    actor: Actor,
    search: str,
    state: CertificateState | None,
    level_code: str,
    after: list[Any] | None,
    limit: int,
) -> list[Certificate]:
    """What the office looks for, the newest first; `after` is the instant and id of the last one seen."""
    require(PERMISSIONS, actor, Permission.CERTIFICATE_LIST, Facts())
    return list_certificates(
        session, search=search, state=state, level_code=level_code, after=read_cursor(after), limit=limit
    )
