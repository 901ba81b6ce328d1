"""Places in course runs."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.coursework.domain.places import PlaceState
from services.coursework.models import LevelResult, PlaceCopy
from shared.kernel.errors import NotFound


def find_confirmed_place(session: Session, *, run_id: UUID, person_id: UUID) -> PlaceCopy | None:
    """The person's confirmed place in the run."""
    return session.scalar(
        select(PlaceCopy)
        .where(
            PlaceCopy.run_id == run_id,
            PlaceCopy.person_id == person_id,
            PlaceCopy.state == PlaceState.CONFIRMED,
        )
        .limit(1)
    )


def get_place(session: Session, *, place_id: UUID) -> PlaceCopy:
    """The place, or NotFound."""
    place = session.get(PlaceCopy, place_id)
    if place is None:
        raise NotFound(kind="place")
    return place


def lock_place(session: Session, *, place_id: UUID) -> PlaceCopy:
    """The place, locked: everything that decides a result in it waits here for its turn."""
    place = session.scalar(
        select(PlaceCopy)
        .where(PlaceCopy.place_id == place_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if place is None:
        raise NotFound(kind="place")
    return place


def list_confirmed_places(session: Session, *, run_id: UUID) -> list[PlaceCopy]:
    """The confirmed places of a run."""
    statement = select(PlaceCopy).where(PlaceCopy.run_id == run_id, PlaceCopy.state == PlaceState.CONFIRMED)
    return list(session.scalars(statement.order_by(PlaceCopy.place_id)))


def list_unpassed_place_ids(session: Session, *, level_code: str) -> list[UUID]:
    """Confirmed places of a level whose result is open, in the order in which they are locked."""
    statement = (
        select(PlaceCopy.place_id)
        .outerjoin(LevelResult, LevelResult.place_id == PlaceCopy.place_id)
        .where(
            PlaceCopy.level_code == level_code,
            PlaceCopy.state == PlaceState.CONFIRMED,
            LevelResult.passed_on.is_(None),
        )
        .order_by(PlaceCopy.place_id)
    )
    return list(session.scalars(statement))
