"""Reading places: rosters, waiting lists, what a person has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from services.enrollment.domain.places import (
    LIVE_STATES,
    SEATED_STATES,
    PlaceState,
    Seats,
    Turn,
    Waiting,
    waiting_order,
)
from services.enrollment.models.associations import Association
from services.enrollment.models.people import Person
from services.enrollment.models.places import Place
from services.enrollment.models.runs import CourseSession, Run
from shared.kernel.errors import NotFound


@dataclass(frozen=True)
class RosterEntry:
    """One person in one run, as staff see it."""

    place: Place
    person: Person
    association_name: str | None


def get_place(session: Session, place_id: UUID) -> Place:
    """The place with its run, or NotFound."""
    statement = sa.select(Place).where(Place.id == place_id).options(joinedload(Place.run).joinedload(Run.level))
    if (place := session.scalar(statement)) is None:
        raise NotFound(kind="place")
    return place


def lock_place(session: Session, place_id: UUID) -> Place:
    """The place, locked until the transaction ends, or NotFound. Whoever also needs the run locks that first."""
    place = session.scalar(
        sa.select(Place).where(Place.id == place_id).with_for_update().execution_options(populate_existing=True)
    )
    if place is None:
        raise NotFound(kind="place")
    return place


def find_live_place(session: Session, *, run_id: UUID, person_id: UUID) -> Place | None:
    """The person's place in the run that counts now, if there is one."""
    statement = sa.select(Place).where(
        Place.run_id == run_id, Place.person_id == person_id, Place.state.in_(LIVE_STATES)
    )
    return session.scalar(statement)


def count_seats(session: Session, *, run: Run) -> Seats:
    """The seats of a run and who has them. Call it with the run locked where a decision hangs on it."""
    statement = (
        sa.select(Place.association_id, sa.func.count())
        .where(Place.run_id == run.id, Place.state.in_(SEATED_STATES))
        .group_by(Place.association_id)
    )
    counts = {association_id: number for association_id, number in session.execute(statement)}
    taken = sum(counts.values())
    by_association = {key: number for key, number in counts.items() if key is not None}
    return Seats(run.capacity, taken, run.seats_per_association, by_association)


def list_waiting(session: Session, *, run_id: UUID) -> list[Waiting]:
    """Who waits for a seat in the run, in the order of the requests."""
    statement = (
        sa.select(Place.id, Place.association_id, Place.requested_at)
        .where(Place.run_id == run_id, Place.state == PlaceState.WAITING)
        .order_by(Place.requested_at, Place.id)
    )
    return [Waiting(*row) for row in session.execute(statement)]


def list_places(session: Session, *, run_id: UUID, states: Collection[PlaceState]) -> Sequence[Place]:
    """The places of a run in these states, in the order of the requests, locked until the transaction ends."""
    statement = sa.select(Place).where(Place.run_id == run_id, Place.state.in_(states))
    return session.scalars(statement.order_by(Place.requested_at, Place.id).with_for_update()).all()


def list_due_offers(session: Session, *, run_id: UUID, now: datetime) -> Sequence[Place]:
    """Offers in the run whose deadline has passed, oldest first, locked until the transaction ends."""
    statement = sa.select(Place).where(
        Place.run_id == run_id, Place.state == PlaceState.OFFERED, Place.offer_expires_at <= now
    )
    return session.scalars(statement.order_by(Place.offer_expires_at, Place.id).with_for_update()).all()


def list_roster(session: Session, *, run_id: UUID, states: Collection[PlaceState]) -> list[RosterEntry]:
    """People in the run whose places are in these states, by name."""
    statement = (
        sa.select(Place, Person, Association.name)
        .join(Person, Person.id == Place.person_id)
        .outerjoin(Association, Association.id == Place.association_id)
        .where(Place.run_id == run_id, Place.state.in_(states))
        .order_by(Person.full_name, Place.id)
    )
    return [RosterEntry(*row) for row in session.execute(statement)]


def list_places_of_person(session: Session, *, person_id: UUID) -> Sequence[Place]:
    """Everything that the person has or had, the latest run first, with runs, sessions and modules."""
    statement = (
        sa.select(Place)
        .join(Place.run)
        .where(Place.person_id == person_id)
        .options(
            joinedload(Place.run).options(
                joinedload(Run.level),
                joinedload(Run.venue),
                joinedload(Run.carrier),
                selectinload(Run.sessions).joinedload(CourseSession.module),
            )
        )
        .order_by(Run.starts_on.desc(), Place.requested_at.desc())
    )
    return session.scalars(statement).all()


def list_places_of_association(session: Session, *, association_id: UUID) -> list[RosterEntry]:
    """Live places of an association's people, soonest run first."""
    statement = (
        sa.select(Place, Person, Association.name)
        .join(Person, Person.id == Place.person_id)
        .join(Association, Association.id == Place.association_id)
        .join(Run, Run.id == Place.run_id)
        .options(joinedload(Place.run).joinedload(Run.level))
        .where(Place.association_id == association_id, Place.state.in_(LIVE_STATES))
        .order_by(Run.starts_on, Run.id, Person.full_name)
    )
    return [RosterEntry(*row) for row in session.execute(statement)]


def find_place_of_course(
    session: Session, *, run_id: UUID, person_id: UUID, states: Collection[PlaceState]
) -> Place | None:
    """The person's place in the run in one of these states, locked until the transaction ends."""
    statement = sa.select(Place).where(Place.run_id == run_id, Place.person_id == person_id, Place.state.in_(states))
    return session.scalar(statement.with_for_update())


def count_waiting(session: Session, *, run_id: UUID) -> int:
    """How many people wait for a seat in the run."""
    statement = sa.select(sa.func.count()).where(Place.run_id == run_id, Place.state == PlaceState.WAITING)
    return session.scalar(statement) or 0


def list_turns(session: Session, *, run: Run) -> list[Turn]:
    """The waiting list of the run in the order in which it would be served now."""
    return waiting_order(list_waiting(session, run_id=run.id), count_seats(session, run=run))


def find_turn(session: Session, *, run: Run, place_id: UUID) -> Turn | None:
    """Where on the waiting list a place stands; None where it is not on it."""
    return next((turn for turn in list_turns(session, run=run) if turn.place_id == place_id), None)
