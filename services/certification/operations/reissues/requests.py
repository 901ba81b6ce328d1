"""What holders ask for and what the office answers; and what came before and after a certificate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.certificates import CertificateState
from services.certification.domain.errors import ReissueAlreadyAsked, ReissueImpossible
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.reissues import REISSUE_TRANSITIONS, ReissueReason, ReissueState
from services.certification.domain.text import clean_paragraphs
from services.certification.models import Certificate, ReissueRequest
from services.certification.operations.reissues.replacing import reissue_one
from services.certification.queries.certificates import find_replacement, get_certificate, lock_certificates
from services.certification.queries.reissues import (
    AskedReissue,
    find_newest_reissue,
    get_reissue,
    list_waiting_reissues,
    lock_reissue,
)
from shared.db import audit, refusing
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require, require_or_hide

_TEXT_LIMIT = 2_000


def ask_for_reissue(
    session: Session, *, actor: Actor, number: str, reason: ReissueReason, text: str, now: datetime
) -> ReissueRequest:
    """The holder says what is wrong. Raises NotFound, ReissueImpossible, ReissueAlreadyAsked, TextRefused."""
    certificate = get_certificate(session, number=number)
    require_or_hide(
        PERMISSIONS, actor, Permission.REISSUE_ASK, Facts(person_id=certificate.person_id), kind="certificate"
    )
    if certificate.state is not CertificateState.ISSUED:
        raise ReissueImpossible(reason="not_valid")
    request = ReissueRequest(
        id=new_id(),
        certificate_id=certificate.id,
        person_id=certificate.person_id,
        reason=reason,
        text=clean_paragraphs(text, field="text", limit=_TEXT_LIMIT),
        state=ReissueState.WAITING,
        asked_at=now,
    )
    session.add(request)
    with refusing({"uq_reissue_request_one_waiting": ReissueAlreadyAsked}):
        session.flush()
    return request


def list_asked(session: Session, *, actor: Actor) -> list[AskedReissue]:
    """What the office has to answer."""
    require(PERMISSIONS, actor, Permission.REISSUE_DECIDE, Facts())
    return list_waiting_reissues(session)


def read_asked(session: Session, *, actor: Actor, request_id: UUID) -> AskedReissue:
    """One request for the office. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.REISSUE_DECIDE, Facts())
    return get_reissue(session, request_id=request_id)


@dataclass(frozen=True)
class Lineage:
    """What came before and after a certificate (numbers), and the last request about it."""

    replaces: str | None
    replaced_by: str | None
    request: ReissueRequest | None


def read_lineage(session: Session, *, certificate: Certificate) -> Lineage:
    """The history of a certificate that the reader may see."""
    before = session.get(Certificate, certificate.replaces_id) if certificate.replaces_id else None
    after = find_replacement(session, certificate_id=certificate.id)
    return Lineage(
        replaces=before.number if before else None,
        replaced_by=after.number if after else None,
        request=find_newest_reissue(session, certificate_id=certificate.id),
    )


def grant_reissue(session: Session, *, actor: Actor, request_id: UUID, seal: Seal, now: datetime) -> Certificate:
    """Do what the holder asked for. Raises NotFound, TransitionRefused, ReissueImpossible."""
    require(PERMISSIONS, actor, Permission.REISSUE_DECIDE, Facts())
    request = lock_reissue(session, request_id=request_id)
    _answer(session, request, ReissueState.GRANTED, answer=None, actor=actor, now=now)
    (old,) = lock_certificates(session, certificate_ids=[request.certificate_id])
    return reissue_one(session, old, reason=request.reason, actor=actor, seal=seal, now=now)


def refuse_reissue(session: Session, *, actor: Actor, request_id: UUID, answer: str, now: datetime) -> None:
    """Refuse, with words that the holder reads. Raises NotFound, TransitionRefused, TextRefused."""
    require(PERMISSIONS, actor, Permission.REISSUE_DECIDE, Facts())
    request = lock_reissue(session, request_id=request_id)
    said = clean_paragraphs(answer, field="answer", limit=_TEXT_LIMIT)
    _answer(session, request, ReissueState.REFUSED, answer=said, actor=actor, now=now)


def reissue_certificate(
    session: Session, *, actor: Actor, number: str, reason: ReissueReason, seal: Seal, now: datetime
) -> Certificate:
    """The office makes a certificate anew by itself; a waiting request is granted by it. Raises ReissueImpossible."""
    require(PERMISSIONS, actor, Permission.REISSUE_DECIDE, Facts())
    certificate_id = get_certificate(session, number=number).id
    (old,) = lock_certificates(session, certificate_ids=[certificate_id])
    asked = find_newest_reissue(session, certificate_id=old.id)
    if asked is not None and asked.state is ReissueState.WAITING:
        _answer(session, asked, ReissueState.GRANTED, answer=None, actor=actor, now=now)
    return reissue_one(session, old, reason=reason, actor=actor, seal=seal, now=now)


def _answer(
    session: Session,
    request: ReissueRequest,
    state: ReissueState,
    *,
    answer: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    request.state = REISSUE_TRANSITIONS.check(request.state, state)
    request.decided_at, request.decided_by_id, request.answer = now, actor.person_id, answer
    audit.record(
        session,
        actor=actor,
        action=Permission.REISSUE_DECIDE,
        subject="reissue_request",
        subject_id=request.id,
        now=now,
        after={"state": state},
    )
