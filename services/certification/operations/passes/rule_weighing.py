"""Weighing all associations by a new version of the rule: begun by a web page, done by a worker in parts.

Each part is one transaction: the weighing's row is locked, the next associations are locked and weighed, and how far it
is moves on with them. A worker that is killed leaves its part undone, and nothing of it is seen; the message that asked
for it comes again. Whoever weighs twice changes nothing, for a state follows from the facts alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.weighings import WEIGHING_TRANSITIONS, WeighingState, count_changes
from services.certification.models import PassWeighing
from services.certification.operations.passes.weighing import weigh_all_passes, weigh_passes
from services.certification.queries.passes import lock_rules, present_rule
from services.certification.queries.weighings import (
    count_weighable,
    find_newest_weighing,
    find_weighing,
    list_weighable_after,
    lock_running_weighing,
    lock_weighing,
)
from shared.contracts.certification import PassWeighingStepDue
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox

#: Associations of one transaction: some tenths of a second, so that a lost part costs little and others get their turn.
STEP_SIZE = 100
#: A weighing that has done nothing for so long has lost its lane.
_STANDSTILL = timedelta(minutes=2)


@dataclass(frozen=True)
class WeighingProgress:
    """A weighing as the office sees it."""

    weighing: PassWeighing
    stands_still: bool


def begin_weighing(session: Session, *, rule_version: int, now: datetime) -> PassWeighing:
    """Weigh all associations by a version that has just begun to count; `lock_rules` before. Appends
    PassWeighingStepDue.

    One that is still under way ends here: what it has left would be weighed by a rule that no longer counts.
    """
    overtaken = lock_running_weighing(session)
    if overtaken is not None:
        _end(overtaken, WeighingState.OVERTAKEN, now=now)
        session.flush()  # The place of the running one must be free before another takes it.
    weighing = PassWeighing(
        rule_version=rule_version,
        state=WeighingState.RUNNING,
        lane_id=new_id(),
        total=count_weighable(session),
        weighed=0,
        **count_changes(()),
        started_at=now,
        last_step_at=now,
        overtook_version=overtaken.rule_version if overtaken else None,
    )
    session.add(weighing)
    session.flush()
    _call_for_step(session, weighing)
    return weighing


def weigh_next(session: Session, *, event: PassWeighingStepDue, now: datetime) -> None:
    """Do the next part of a weighing and ask for the one after it; nothing where it is over or another lane has it."""
    weighing = lock_weighing(session, rule_version=event.rule_version)
    if weighing is None or weighing.state is not WeighingState.RUNNING or weighing.lane_id != event.lane_id:
        return
    association_ids = list_weighable_after(session, after=weighing.weighed_up_to, limit=STEP_SIZE)
    kinds = weigh_passes(session, association_ids=association_ids, now=now)
    weighing.weighed += len(association_ids)
    # Associations that came while it was under way were weighed when they came, and some are met here again.
    weighing.total = max(weighing.total, weighing.weighed)
    weighing.last_step_at = now
    for name, count in count_changes(kinds).items():
        setattr(weighing, name, getattr(weighing, name) + count)
    if len(association_ids) < STEP_SIZE:
        weighing.total = weighing.weighed
        _end(weighing, WeighingState.FINISHED, now=now)
        return
    weighing.weighed_up_to = association_ids[-1]
    _call_for_step(session, weighing)


def keep_weighing(session: Session, *, now: datetime) -> None:
    """Begin the weighing by a rule whose first day has come, and give a lane to one that has lost its own."""
    rule = present_rule(session, today=programme_date(now))
    if rule.effective_on is None:
        return  # The programme's default: everything was weighed by it when it came.
    lock_rules(session)
    if find_weighing(session, rule_version=rule.version) is None:
        begin_weighing(session, rule_version=rule.version, now=now)
        return
    running = lock_running_weighing(session)
    if running is not None and _stands_still(running, now=now):
        running.lane_id, running.last_step_at = new_id(), now
        _call_for_step(session, running)


def weigh_what_has_run_out(session: Session, *, now: datetime) -> int:
    """Weigh every association at night; how many passes have changed. Leaves it to a weighing that is under way, or due
    since a rule has begun to count."""
    rule = present_rule(session, today=programme_date(now))
    weighing = find_weighing(session, rule_version=rule.version)
    is_weighed = rule.effective_on is None if weighing is None else weighing.state is not WeighingState.RUNNING
    return weigh_all_passes(session, now=now) if is_weighed else 0


def read_weighing(session: Session, *, actor: Actor, now: datetime) -> WeighingProgress | None:
    """How far the newest weighing is; None before the first."""
    require(PERMISSIONS, actor, Permission.PASS_RULE_CHANGE, Facts())
    weighing = find_newest_weighing(session)
    if weighing is None:
        return None
    running = weighing.state is WeighingState.RUNNING
    return WeighingProgress(weighing, running and _stands_still(weighing, now=now))


def _stands_still(weighing: PassWeighing, *, now: datetime) -> bool:
    return now - weighing.last_step_at > _STANDSTILL


def _end(weighing: PassWeighing, state: WeighingState, *, now: datetime) -> None:
    weighing.state = WEIGHING_TRANSITIONS.check(weighing.state, state)
    weighing.ended_at = now


def _call_for_step(session: Session, weighing: PassWeighing) -> None:
    # Due since its weighing began: the next step does not queue behind the events of the passes just changed.
    event = PassWeighingStepDue(lane_id=weighing.lane_id, rule_version=weighing.rule_version)
    outbox.append(session, event, now=weighing.started_at)
