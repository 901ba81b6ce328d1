"""Reading course runs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from services.enrollment.domain.places import PlaceState
from services.enrollment.domain.runs import RunState
from services.enrollment.models.catalogue import Level
from services.enrollment.models.people import Person
from services.enrollment.models.places import Place
from services.enrollment.models.regions import Region
from services.enrollment.models.runs import CourseSession, Run, RunTrainer
from services.enrollment.models.venues import Venue
from shared.kernel.clock import PROGRAMME_ZONE
from shared.kernel.errors import NotFound

_WITH_ALL = (
    joinedload(Run.level),
    joinedload(Run.carrier),
    joinedload(Run.region),
    joinedload(Run.venue),
    selectinload(Run.sessions).joinedload(CourseSession.module),
    selectinload(Run.trainers),
)


@dataclass(frozen=True)
class RunSearch:
    """What somebody looks for. `near` is a postcode or the name of a town; empty values look for everything."""

    level_code: str = ""
    region_code: str = ""
    near: str = ""
    only_free: bool = False


def get_run(session: Session, run_id: UUID) -> Run:
    """The run with everything that a page shows of it, or NotFound."""
    run = session.scalar(sa.select(Run).where(Run.id == run_id).options(*_WITH_ALL))
    if run is None:
        raise NotFound(kind="run")
    return run


def lock_run(session: Session, run_id: UUID) -> Run:
    """The run, locked until the transaction ends: nobody else gives out or frees its seats. Or NotFound."""
    run = session.scalar(
        sa.select(Run).where(Run.id == run_id).with_for_update(of=Run).execution_options(populate_existing=True)
    )
    if run is None:
        raise NotFound(kind="run")
    return run


def list_open_runs(
    session: Session, *, search: RunSearch, today: date, after: tuple[date, UUID] | None = None, limit: int = 50
) -> Sequence[Run]:
    """Runs that people may join or that are under way, soonest first; after the last one of a page."""
    statement = _select_open_runs(search, today=today)
    if after is not None:
        statement = statement.where(sa.tuple_(Run.starts_on, Run.id) > sa.tuple_(*map(sa.literal, after)))
    return session.scalars(statement.order_by(Run.starts_on, Run.id).limit(limit)).all()


def _select_open_runs(search: RunSearch, *, today: date) -> sa.Select[Run]:
    statement = (
        sa.select(Run)
        .join(Run.level)
        .join(Run.region)
        .outerjoin(Run.venue)
        .where(Run.state.in_([RunState.PUBLISHED, RunState.RUNNING]), Run.ends_on >= today)
        .options(
            contains_eager(Run.level), contains_eager(Run.venue), contains_eager(Run.region), joinedload(Run.carrier)
        )
    )
    if search.level_code:
        statement = statement.where(Level.code == search.level_code)
    if search.region_code:
        statement = statement.where(Region.code == search.region_code)
    if search.only_free:
        dawn = datetime.combine(today, time.min, PROGRAMME_ZONE)
        statement = statement.where(Run.seats_taken < Run.capacity, Run.registration_closes_at > dawn)
    if search.near:
        statement = statement.where(_near(search.near))
    return statement


def _near(near: str) -> sa.ColumnElement[bool]:
    """Near: the same first two digits of the postcode (the postal area), or the town's name."""
    digits = "".join(letter for letter in near if letter.isdigit())
    if len(digits) >= 2:
        return Venue.postcode.startswith(digits[:2])
    return sa.or_(Run.town.icontains(near, autoescape=True), Venue.town.icontains(near, autoescape=True))


def list_runs_of_carriers(session: Session, *, carrier_ids: Collection[UUID] | None, limit: int = 200) -> Sequence[Run]:
    """Runs of these carriers, of all where None: the latest first."""
    statement = sa.select(Run).options(joinedload(Run.level), joinedload(Run.carrier), joinedload(Run.region))
    if carrier_ids is not None:
        statement = statement.where(Run.carrier_id.in_(carrier_ids))
    return session.scalars(statement.order_by(Run.starts_on.desc(), Run.id).limit(limit)).all()


def list_runs_of_trainer(session: Session, *, person_id: UUID) -> Sequence[Run]:
    """Runs in which the person teaches, those under way first, then by date."""
    statement = (
        sa.select(Run)
        .join(RunTrainer)
        .where(RunTrainer.person_id == person_id, Run.state != RunState.CANCELLED)
        .options(*_WITH_ALL)
        .order_by(Run.state != RunState.RUNNING, Run.starts_on, Run.id)
    )
    return session.scalars(statement).unique().all()


def get_session(session: Session, session_id: UUID) -> CourseSession:
    """The session with its run and module, or NotFound."""
    statement = (
        sa.select(CourseSession)
        .where(CourseSession.id == session_id)
        .options(
            joinedload(CourseSession.module),
            joinedload(CourseSession.run).options(
                joinedload(Run.level), joinedload(Run.venue), joinedload(Run.carrier), selectinload(Run.trainers)
            ),
        )
    )
    if (found := session.scalar(statement)) is None:
        raise NotFound(kind="session")
    return found


def list_trainers(session: Session, *, run_id: UUID) -> Sequence[Person]:
    """The people who teach in the run, by name."""
    statement = sa.select(Person).join(RunTrainer, RunTrainer.person_id == Person.id).where(RunTrainer.run_id == run_id)
    return session.scalars(statement.order_by(Person.full_name)).all()


def get_session_start(session: Session, *, run_id: UUID) -> datetime | None:
    """When the first session of a run begins; None while it has none."""
    return session.scalar(sa.select(sa.func.min(CourseSession.starts_at)).where(CourseSession.run_id == run_id))


def list_runs_to_advance(session: Session, *, today: date) -> Sequence[UUID]:
    """Runs whose state the calendar has overtaken."""
    statement = sa.select(Run.id).where(
        sa.or_(
            sa.and_(Run.state == RunState.PUBLISHED, Run.starts_on <= today),
            sa.and_(Run.state == RunState.RUNNING, Run.ends_on < today),
        )
    )
    return session.scalars(statement.order_by(Run.id)).all()


def list_runs_with_due_letters(session: Session, *, now: datetime) -> Sequence[UUID]:
    """Runs whose changed dates people should be told of."""
    return session.scalars(sa.select(Run.id).where(Run.change_letter_due_at <= now).order_by(Run.id)).all()


def list_runs_with_due_offers(session: Session, *, now: datetime) -> Sequence[UUID]:
    """Runs in which an offer's deadline has passed."""
    statement = sa.select(Place.run_id).where(Place.state == PlaceState.OFFERED, Place.offer_expires_at <= now)
    return session.scalars(statement.distinct()).all()
