"""Seats of one run. Every function here expects its caller to hold the run's row: lock, then count, then write."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain import places as rules
from services.enrollment.domain.letters import Letter
from services.enrollment.domain.places import PlaceState
from services.enrollment.domain.programme_settings import SettingKey
from services.enrollment.domain.runs import RunState
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from services.enrollment.operations import notifications
from services.enrollment.queries import places as places_query
from services.enrollment.queries import programme_settings as settings_query
from services.enrollment.queries import runs as runs_query
from shared.contracts.enrollment import PlaceConfirmed, PlaceReleased
from shared.db import audit
from shared.kernel.actor import SYSTEM, Actor
from shared.messaging import outbox


def add_place(session: Session, *, actor: Actor, run: Run, place: Place, now: datetime) -> None:
    """Store a new place and count its seat. A seat at once fires PlaceConfirmed."""
    run.seats_taken += _seats(place.state)
    session.add(place)
    session.flush()  # The partial unique index answers here when the person has a place already.
    _record(session, actor=actor, place=place, before=None, now=now)
    _tell_others(session, run=run, place=place, before=None, now=now)


def move_place(
    session: Session,
    *,
    actor: Actor,
    run: Run,
    place: Place,
    to: PlaceState,
    now: datetime,
    offer_expires_at: datetime | None = None,
) -> None:
    """Change the state of a place by the table of transitions, and the run's counter of seats with it.

    Fires PlaceConfirmed when a seat becomes firm, PlaceReleased when a firm seat is lost.
    """
    before = place.state
    place.state = rules.PLACE_TRANSITIONS.check(before, to)
    place.offer_expires_at = offer_expires_at
    place.changed_at = now
    run.seats_taken += _seats(to) - _seats(before)
    _record(session, actor=actor, place=place, before=before, now=now)
    _tell_others(session, run=run, place=place, before=before, now=now)


def offer_free_seats(session: Session, *, run: Run, now: datetime) -> None:
    """Offer every free seat to whose turn it is. Each offer holds its seat and expires; a letter tells the person.

    No offer goes out once the answer window reaches into the course; staff give late seats by hand.
    """
    if run.state is not RunState.PUBLISHED or run.seats_taken >= run.capacity:
        return
    starts_at = runs_query.get_session_start(session, run_id=run.id)
    answer_hours = settings_query.get_setting(session, SettingKey.OFFER_ANSWER_HOURS, now=now)
    deadline = starts_at and rules.offer_deadline(now=now, starts_at=starts_at, answer_hours=answer_hours)
    if deadline is None:
        return
    session.flush()  # The counts below must see what the caller has just changed.
    seats, waiting = places_query.count_seats(session, run=run), places_query.list_waiting(session, run_id=run.id)
    while seats.free > 0 and (entry := rules.next_in_line(waiting, seats)):
        place = places_query.lock_place(session, entry.place_id)
        move_place(
            session, actor=SYSTEM, run=run, place=place, to=PlaceState.OFFERED, now=now, offer_expires_at=deadline
        )
        notifications.tell_of_place(session, run=run, place=place, template=Letter.PLACE_OFFERED, now=now)
        seats = seats.with_one_more(entry.association_id)
        waiting.remove(entry)


def _seats(state: PlaceState) -> int:
    return 1 if state in rules.SEATED_STATES else 0


def _record(session: Session, *, actor: Actor, place: Place, before: PlaceState | None, now: datetime) -> None:
    audit.record(
        session,
        actor=actor,
        action=f"place.{place.state.value}",
        subject="place",
        subject_id=place.id,
        now=now,
        before={"state": before.value} if before else None,
        after={"state": place.state.value, "run_id": str(place.run_id)},
    )


def _tell_others(session: Session, *, run: Run, place: Place, before: PlaceState | None, now: datetime) -> None:
    was_firm = before in rules.ATTENDING_STATES
    if place.state is PlaceState.CONFIRMED and not was_firm:
        confirmed = PlaceConfirmed(
            place_id=place.id, run_id=run.id, person_id=place.person_id, level_code=run.level.code
        )
        outbox.append(session, confirmed, now=now)
    elif was_firm and place.state is PlaceState.RELEASED:
        released = PlaceReleased(place_id=place.id, run_id=run.id, person_id=place.person_id)
        outbox.append(session, released, now=now)
