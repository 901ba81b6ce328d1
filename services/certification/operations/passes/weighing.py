"""Weighing: awarded, in grace, suspended, back again or ended, as the facts demand; and reminding before the end."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.numbers import new_number
from services.certification.domain.passes import (
    IN_FORCE,
    PASS_TRANSITIONS,
    PassChangeKind,
    PassRule,
    PassState,
    Weighed,
    change_kind,
    reminder_due,
    valid_until,
)
from services.certification.models import AssociationPass
from services.certification.operations.passes.changing import call_for_credential, tell_of_changes
from services.certification.operations.passes.first_rule import ensure_first_rule
from services.certification.operations.passes.foresight import Foreseen, foresee, foresee_all
from services.certification.queries.pass_credentials import list_renamed_passes
from services.certification.queries.passes import (
    list_associations_of,
    list_ending_passes,
    lock_associations,
    passes_of,
    present_rule,
)
from shared.contracts.certification import PassEndApproached
from shared.kernel.clock import programme_date
from shared.kernel.ids import new_id
from shared.messaging import outbox


def weigh_passes_of(session: Session, *, person_id: UUID, now: datetime) -> None:
    """Weigh the passes of all associations that a person belongs to."""
    weigh_passes(session, association_ids=list_associations_of(session, person_id=person_id), now=now)


def weigh_all_passes(session: Session, *, now: datetime) -> int:
    """Weigh every association, and lock and change only those whose pass is no longer what it should be; how many.

    Every night for what has run out. Whatever changes between looking and locking has
    been weighed by the change itself.
    """
    session.flush()
    today = programme_date(now)
    foreseen = foresee_all(session, rule=present_rule(session, today=today), today=today)
    changing = [case.association.association_id for case in foreseen if case.changes]
    weigh_passes(session, association_ids=changing, now=now)
    return len(changing)


def weigh_passes(session: Session, *, association_ids: Collection[UUID], now: datetime) -> Sequence[PassChangeKind]:
    """Award, suspend, return or end passes as the facts demand; what happened to each that changes.

    Appends PassChanged for those.

    An association that has not arrived yet is weighed when it does. All are locked before the first is weighed, and
    read after that: two changes at once are weighed one after the other.
    """
    session.flush()  # The certificate or membership that has just changed must count.
    if not association_ids:
        return ()
    today = programme_date(now)
    associations = lock_associations(session, association_ids=association_ids)
    rule = present_rule(session, today=today)  # Read behind the lock: who waited for it must not use an older rule.
    foreseen = foresee(session, associations, rule=rule, today=today)
    due = [(case, case.after) for case in foreseen if case.changes and case.after is not None]
    if any(case.held is None for case, _after in due):
        ensure_first_rule(session, now=now)
    changes = [_apply(session, case, after, now=now) for case, after in due]
    tell_of_changes(session, changes, rule=rule, now=now)
    _call_for_new_names(session, [a.association_id for a in associations], now=now)
    return [kind for _held, kind in changes]


def _apply(
    session: Session, case: Foreseen, after: Weighed, *, now: datetime
) -> tuple[AssociationPass, PassChangeKind]:
    """The pass as it is from now on, and what happened to it."""
    kind = change_kind(case.before.state if case.before else None, after.state)
    held = case.held
    if held is None:
        return _new_pass(session, case.association.association_id, case.standing.rule, now=now), kind
    held.state = PASS_TRANSITIONS.check(held.state, after.state)
    held.grace_until = after.grace_until
    return held, kind


def _new_pass(session: Session, association_id: UUID, rule: PassRule, *, now: datetime) -> AssociationPass:
    today = programme_date(now)
    awarded = AssociationPass(
        id=new_id(),
        number=new_number(),
        association_id=association_id,
        state=PassState.AWARDED,
        rule_version=rule.version,
        valid_from=today,
        valid_until=valid_until(rule, today),
        awarded_at=now,
        changed_at=now,
    )
    session.add(awarded)
    return awarded


def _call_for_new_names(session: Session, association_ids: Collection[UUID], *, now: datetime) -> None:
    """A credential that names the association as it is no longer called gets a successor."""
    for held in list_renamed_passes(session, association_ids=association_ids):
        call_for_credential(session, held, now=now)


def remind_boards(session: Session, *, now: datetime) -> int:
    """Remind the boards whose pass ends soon, once for each of the rule's days; how many. Appends PassEndApproached.

    Safe to repeat, and nights that were missed are made up for by one reminder.
    """
    today = programme_date(now)
    rule = present_rule(session, today=today)
    if not rule.reminder_days:
        return 0
    ending = list_ending_passes(session, today=today, within_days=rule.reminder_days[0])
    locked = lock_associations(session, association_ids=ending)
    held_by = passes_of(session, association_ids=[association.association_id for association in locked])
    sent = 0
    for held in held_by.values():
        due = reminder_due(rule, ends_on=held.valid_until, already=held.reminded_days, today=today)
        if held.state in IN_FORCE and due is not None:
            held.reminded_days = due
            outbox.append(session, _approached(held, (held.valid_until - today).days), now=now)
            sent += 1
    return sent


def _approached(held: AssociationPass, days_left: int) -> PassEndApproached:
    return PassEndApproached(
        pass_id=held.id,
        number=held.number,
        association_id=held.association_id,
        valid_until=held.valid_until,
        days_left=days_left,
    )
