"""Certificates that a person must release: the queue, the decision, and the rule that holds them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.batches import Outcome
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.releases import (
    DEFAULT_RELEASE_RULE,
    RELEASE_TRANSITIONS,
    RefusalReason,
    ReleaseRule,
    ReleaseState,
    sorted_codes,
)
from services.certification.domain.text import clean_paragraphs
from services.certification.models import LevelCopy, ReleaseRequest, ReleaseRuleVersion
from services.certification.operations.issuing import Decided, issue_places
from services.certification.queries.programme import list_levels
from services.certification.queries.releases import (
    HeldPlace,
    find_requests,
    get_held,
    list_held,
    list_release_rules,
    lock_request,
    present_release_rule,
)
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require

_NOTE_LIMIT = 2_000
_QUEUE_STATES = (ReleaseState.WAITING,)
_OWN_STATES = (ReleaseState.WAITING, ReleaseState.REFUSED)


def list_queue(session: Session, *, actor: Actor) -> list[HeldPlace]:
    """What waits for a decision, the longest waiting first."""
    require(PERMISSIONS, actor, Permission.RELEASE_DECIDE, Facts())
    return list_held(session, states=_QUEUE_STATES)


def list_refused(session: Session, *, actor: Actor) -> list[HeldPlace]:
    """What was refused and can be looked at again."""
    require(PERMISSIONS, actor, Permission.RELEASE_DECIDE, Facts())
    return list_held(session, states=[ReleaseState.REFUSED])


def list_own_held(session: Session, *, actor: Actor) -> list[HeldPlace]:
    """What is being checked, or was refused, of a person's own."""
    require(PERMISSIONS, actor, Permission.CERTIFICATE_LIST_OWN, Facts())
    return list_held(session, states=_OWN_STATES, person_id=actor.person_id) if actor.person_id else []


def read_held(session: Session, *, actor: Actor, place_id: UUID) -> HeldPlace:
    """One request for whoever may decide it. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.RELEASE_DECIDE, Facts())
    return get_held(session, place_id=place_id)


def release(session: Session, *, actor: Actor, place_id: UUID, seal: Seal, now: datetime) -> Decided:
    """Release a certificate: it is issued in the same transaction, if nothing else stands against it.

    Appends CertificateIssued. Raises NotFound, TransitionRefused where somebody has decided already.
    """
    require(PERMISSIONS, actor, Permission.RELEASE_DECIDE, Facts())
    request = lock_request(session, place_id=place_id)
    _decide(session, request, ReleaseState.RELEASED, actor=actor, now=now)
    (decided,) = issue_places(session, place_ids=[place_id], seal=seal, now=now)
    return decided


def release_all(session: Session, *, actor: Actor, place_ids: Collection[UUID], now: datetime) -> list[UUID]:
    """Release many at once without issuing: a batch does. The places that were waiting until now."""
    require(PERMISSIONS, actor, Permission.RELEASE_DECIDE, Facts())
    requests = find_requests(session, place_ids=place_ids)
    waiting = [place_id for place_id, request in sorted(requests.items()) if request.state is ReleaseState.WAITING]
    for place_id in waiting:
        request = requests[place_id]
        _decide(session, request, ReleaseState.RELEASED, actor=actor, now=now)
    return waiting


def refuse(
    session: Session, *, actor: Actor, place_id: UUID, reason: RefusalReason, note: str, now: datetime
) -> ReleaseRequest:
    """Refuse to certify, with a reason and words that the person reads.

    Raises NotFound, TransitionRefused where somebody has decided already, TextRefused for an unusable note.
    """
    require(PERMISSIONS, actor, Permission.RELEASE_DECIDE, Facts())
    request = lock_request(session, place_id=place_id)
    request.refusal_reason = reason
    request.refusal_note = clean_paragraphs(note, field="note", limit=_NOTE_LIMIT)
    _decide(session, request, ReleaseState.REFUSED, actor=actor, now=now)
    return request


def look_again(session: Session, *, actor: Actor, place_id: UUID, seal: Seal, now: datetime) -> Outcome:
    """Put what was refused back into the queue, or issue it at once where the rule no longer holds the level."""
    require(PERMISSIONS, actor, Permission.RELEASE_DECIDE, Facts())
    request = lock_request(session, place_id=place_id)
    request.refusal_reason = request.refusal_note = None
    _decide(session, request, ReleaseState.WAITING, actor=actor, now=now)
    if present_release_rule(session).holds(request.level_code):
        return Outcome.HELD
    return release(session, actor=actor, place_id=place_id, seal=seal, now=now).outcome


def withdraw_request(session: Session, *, place_id: UUID, now: datetime) -> None:
    """A fact was taken back: what waited for a decision no longer does. Without a waiting request nothing happens."""
    request = find_requests(session, place_ids=[place_id]).get(place_id)
    if request is not None and request.state is ReleaseState.WAITING:
        request.state = RELEASE_TRANSITIONS.check(request.state, ReleaseState.WITHDRAWN)
        request.decided_at = now


def _decide(session: Session, request: ReleaseRequest, state: ReleaseState, *, actor: Actor, now: datetime) -> None:
    before = request.state
    request.state = RELEASE_TRANSITIONS.check(before, state)
    is_open = state is ReleaseState.WAITING
    request.decided_at, request.decided_by_id = (None, None) if is_open else (now, actor.person_id)
    audit.record(
        session,
        actor=actor,
        action=Permission.RELEASE_DECIDE,
        subject="release_request",
        subject_id=request.place_id,
        now=now,
        before={"state": before},
        after={"state": state, "reason": request.refusal_reason},
    )
    session.flush()  # Issuing reads what was decided.


def read_release_rules(
    session: Session, *, actor: Actor
) -> tuple[ReleaseRule, list[ReleaseRuleVersion], list[LevelCopy]]:
    """The rule that counts, its history, and the levels that it may name."""
    require(PERMISSIONS, actor, Permission.RELEASE_RULE_CHANGE, Facts())
    return present_release_rule(session), list_release_rules(session), list_levels(session)


def change_release_rule(session: Session, *, actor: Actor, level_codes: Collection[str], now: datetime) -> ReleaseRule:
    """A new version of which levels are held. What waits already stays in the queue until somebody decides."""
    require(PERMISSIONS, actor, Permission.RELEASE_RULE_CHANGE, Facts())
    first = {"version": 1, "level_codes": list(DEFAULT_RELEASE_RULE.level_codes), "created_at": now}
    session.execute(insert(ReleaseRuleVersion).values(first).on_conflict_do_nothing())
    before = present_release_rule(session)
    known = {level.code for level in list_levels(session)}
    rule = ReleaseRule(before.version + 1, sorted_codes([code for code in level_codes if code in known]))
    session.add(
        ReleaseRuleVersion(
            version=rule.version,
            level_codes=list(rule.level_codes),
            created_at=now,
            created_by_id=actor.person_id,
        )
    )
    audit.record(
        session,
        actor=actor,
        action=Permission.RELEASE_RULE_CHANGE,
        subject="release_rule",
        subject_id=UUID(int=rule.version),
        now=now,
        before={"level_codes": list(before.level_codes)},
        after={"level_codes": list(rule.level_codes)},
    )
    return rule
