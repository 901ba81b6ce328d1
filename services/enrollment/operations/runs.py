"""Course runs: drafting, publishing, changing, cancelling, and the calendar's own steps."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain import runs as rules
from services.enrollment.domain.letters import Letter
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.places import LIVE_STATES, PlaceState
from services.enrollment.domain.runs import RunState
from services.enrollment.models.runs import Run
from services.enrollment.operations import notifications, seats
from services.enrollment.queries import carriers as carriers_query
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import places as places_query
from services.enrollment.queries import regions as regions_query
from services.enrollment.queries import runs as runs_query
from shared.contracts.enrollment import RunChanged
from shared.db import audit
from shared.kernel.actor import SYSTEM, Actor
from shared.kernel.clock import programme_date
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox


@dataclass(frozen=True)
class RunDetails:
    """What the carrier decides about a run. `venue_id` may be missing while the run is a draft."""

    title: str
    region_code: str
    town: str
    venue_id: UUID | None
    capacity: int
    seats_per_association: int
    registration_closes_at: datetime
    starts_on: date
    ends_on: date
    language_notes: str = ""


def create_run(
    session: Session, *, actor: Actor, carrier_id: UUID, level_code: str, details: RunDetails, now: datetime
) -> Run:
    """A new run as a draft that only its carrier sees. Raises what `check_dates` raises."""
    require(PERMISSIONS, actor, Permission.RUN_MANAGE, Facts(carrier_id=carrier_id))
    carrier = carriers_query.get_carrier(session, carrier_id)
    level = catalogue_query.get_level(session, level_code)
    run = Run(id=new_id(), carrier_id=carrier.id, level_id=level.id, state=RunState.DRAFT, seats_taken=0)
    _fill(session, run=run, details=details)
    session.add(run)
    session.flush()  # The relationships that the caller shows come from the row.
    audit.record(
        session,
        actor=actor,
        action="run.created",
        subject="run",
        subject_id=run.id,
        now=now,
        after={"title": run.title, "level": level.code},
    )
    return run


def change_run(session: Session, *, actor: Actor, run_id: UUID, details: RunDetails, now: datetime) -> Run:
    """Change a run. More seats are offered to the waiting list at once; a public run fires RunChanged.

    Raises RunIsOver, CapacityBelowSeats, what `check_dates` raises, and for a public run what `check_publishable`
    raises.
    """
    run = lock_managed_run(session, actor=actor, run_id=run_id)
    before = {"title": run.title, "capacity": run.capacity, "starts_on": run.starts_on.isoformat()}
    place_and_time = (run.starts_on, run.ends_on, run.venue_id)
    rules.check_changeable(run.state)
    rules.check_capacity(capacity=details.capacity, seats_taken=run.seats_taken)
    with session.no_autoflush:  # What does not fit is refused by the rules, before the constraints see it.
        _fill(session, run=run, details=details)
        if run.state is not RunState.DRAFT:
            check_complete(run)
    if (run.starts_on, run.ends_on, run.venue_id) != place_and_time:
        run.change_letter_due_at = rules.change_letter_due_at(state=run.state, now=now)
    session.flush()  # The CHECK on the seats answers here, and the venue's row is there for what follows.
    audit.record(
        session,
        actor=actor,
        action="run.changed",
        subject="run",
        subject_id=run.id,
        now=now,
        before=before,
        after={"title": run.title, "capacity": run.capacity, "starts_on": run.starts_on.isoformat()},
    )
    tell_of_change(session, run=run, now=now)
    seats.offer_free_seats(session, run=run, now=now)
    return run


def _fill(session: Session, *, run: Run, details: RunDetails) -> None:
    rules.check_dates(
        starts_on=details.starts_on,
        ends_on=details.ends_on,
        registration_closes_at=details.registration_closes_at,
    )
    if details.venue_id and carriers_query.get_venue(session, details.venue_id).carrier_id != run.carrier_id:
        raise NotFound(kind="venue")
    run.region = regions_query.get_region(session, details.region_code)
    run.title, run.town, run.venue_id = details.title, details.town, details.venue_id
    run.capacity, run.seats_per_association = details.capacity, details.seats_per_association
    run.registration_closes_at = details.registration_closes_at
    run.starts_on, run.ends_on = details.starts_on, details.ends_on
    run.language_notes = details.language_notes


def publish_run(session: Session, *, actor: Actor, run_id: UUID, now: datetime) -> Run:
    """Show the run to the public and open its registration. Fires RunChanged.

    Raises what `check_publishable` raises.
    """
    run = lock_managed_run(session, actor=actor, run_id=run_id)
    check_complete(run)
    _move(session, actor=actor, run=run, to=RunState.PUBLISHED, now=now)
    return run


def check_complete(run: Run) -> None:
    """Raise what is missing before the run may be public; see `check_publishable`."""
    plan = rules.RunPlan(
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        registration_closes_at=run.registration_closes_at,
        has_venue=run.venue_id is not None,
        sessions=[rules.SessionPlan(s.module.code, s.starts_at, s.ends_at) for s in run.sessions],
    )
    rules.check_publishable(plan, module_codes=[module.code for module in run.level.modules])


def cancel_run(session: Session, *, actor: Actor, run_id: UUID, now: datetime) -> Run:
    """Cancel the run: every place ends and everybody is told by letter. Fires RunChanged and PlaceReleased."""
    run = lock_managed_run(session, actor=actor, run_id=run_id)
    _move(session, actor=actor, run=run, to=RunState.CANCELLED, now=now)
    for place in places_query.list_places(session, run_id=run.id, states=LIVE_STATES - {PlaceState.COMPLETED}):
        waits = place.state is PlaceState.WAITING
        to = PlaceState.WITHDRAWN if waits else PlaceState.RELEASED
        seats.move_place(session, actor=actor, run=run, place=place, to=to, now=now)
        notifications.tell_of_place(session, run=run, place=place, template=Letter.RUN_CANCELLED, now=now)
    return run


def advance_run(session: Session, *, run_id: UUID, now: datetime) -> Run:
    """Take the step that the calendar asks for: a published run starts, a running one finishes. Fires RunChanged."""
    run = runs_query.lock_run(session, run_id)
    to = rules.state_by_date(state=run.state, starts_on=run.starts_on, ends_on=run.ends_on, today=programme_date(now))
    if to is not run.state:
        _move(session, actor=SYSTEM, run=run, to=to, now=now)
    return run


def tell_of_changed_dates(session: Session, *, run_id: UUID, now: datetime) -> None:
    """Write to everybody with a place in the run that its dates or place have changed, once, when it is due."""
    run = runs_query.lock_run(session, run_id)
    if run.change_letter_due_at is None or run.change_letter_due_at > now:
        return
    run.change_letter_due_at = None
    for place in places_query.list_places(session, run_id=run.id, states=LIVE_STATES - {PlaceState.COMPLETED}):
        notifications.tell_of_place(session, run=run, place=place, template=Letter.RUN_CHANGED, now=now)


def lock_managed_run(session: Session, *, actor: Actor, run_id: UUID) -> Run:
    """The run, locked, for somebody who manages it. Another carrier's draft is not found."""
    run = runs_query.lock_run(session, run_id)
    require(PERMISSIONS, actor, Permission.RUN_MANAGE, Facts(carrier_id=run.carrier_id, run_id=run.id))
    return run


def tell_of_change(session: Session, *, run: Run, now: datetime) -> None:
    """Fire RunChanged with the whole present state, unless the run is still a draft. Its row must be locked."""
    if run.state is RunState.DRAFT:
        return
    event = RunChanged(
        run_id=run.id,
        level_code=run.level.code,
        title=run.title,
        town=run.town,
        region_code=run.region.code,
        carrier_id=run.carrier_id,
        carrier_name=run.carrier.name,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        state=run.state.value,
        trainer_ids=tuple(sorted(trainer.person_id for trainer in run.trainers)),
    )
    outbox.append(session, event, now=now)


def _move(session: Session, *, actor: Actor, run: Run, to: RunState, now: datetime) -> None:
    before = run.state
    run.state = rules.RUN_TRANSITIONS.check(before, to)
    audit.record(
        session,
        actor=actor,
        action=f"run.{to.value}",
        subject="run",
        subject_id=run.id,
        now=now,
        before={"state": before.value},
        after={"state": to.value},
    )
    tell_of_change(session, run=run, now=now)
