"""Renewing a pass: the board's decision, or the office's."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.passes import (
    PASS_TRANSITIONS,
    PassChangeKind,
    PassState,
    renewal_start,
    valid_until,
)
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import AssociationPass
from services.certification.operations.passes.changing import tell_of_change
from services.certification.operations.passes.foresight import foresee
from services.certification.queries.passes import lock_associations, present_rule
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, require


def renew_pass(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> AssociationPass:
    """Give a pass its next time of validity; appends PassChanged. Raises PassNotRenewable."""
    require(PERMISSIONS, actor, Permission.PASS_RENEW, Facts(association_id=association_id))
    today = programme_date(now)
    rule = present_rule(session, today=today)
    locked = lock_associations(session, association_ids=[association_id])
    cases = foresee(session, locked, rule=rule, today=today)
    held = cases[0].held if cases else None
    if held is None:
        raise NotFound(kind="pass")
    start = renewal_start(
        rule,
        held.state,
        ends_on=held.valid_until,
        conditions_met=cases[0].standing.is_met and cases[0].association.is_active,
        today=today,
    )
    before = _facts(held)
    held.state = PASS_TRANSITIONS.check(held.state, PassState.AWARDED)
    held.valid_until, held.grace_until, held.reminded_days = valid_until(rule, start), None, None
    audit.record(
        session,
        actor=actor,
        action=Permission.PASS_RENEW,
        subject="pass",
        subject_id=held.id,
        now=now,
        before=before,
        after=_facts(held),
    )
    tell_of_change(session, held, kind=PassChangeKind.RENEWED, rule=rule, now=now)
    return held


def _facts(held: AssociationPass) -> dict[str, str]:
    return {"state": held.state, "valid_until": held.valid_until.isoformat()}
