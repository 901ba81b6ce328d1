"""Places: keeping the copies, and who may see a run."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.permissions import Permission, require_or_hide
from services.coursework.domain.places import PlaceState
from services.coursework.models import PlaceCopy, RunCopy
from services.coursework.operations.results import settle_level
from services.coursework.queries import places as place_queries
from services.coursework.queries import runs as run_queries
from shared.contracts.enrollment import PlaceConfirmed, PlaceReleased
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts


def keep_confirmed_place(session: Session, *, event: PlaceConfirmed, now: datetime) -> None:
    """Open a run's coursework to a person. What was done in the place before a release counts again."""
    session.merge(
        PlaceCopy(
            place_id=event.place_id,
            run_id=event.run_id,
            person_id=event.person_id,
            level_code=event.level_code,
            state=PlaceState.CONFIRMED,
        )
    )
    session.flush()  # The place is locked by a query next.
    settle_level(session, place=place_queries.lock_place(session, place_id=event.place_id), now=now)


def keep_released_place(session: Session, *, event: PlaceReleased) -> None:
    """Close a run's coursework to a person. A release that comes before its confirmation leaves a note of itself."""
    place = session.get(PlaceCopy, event.place_id)
    if place is None:
        session.add(
            PlaceCopy(
                place_id=event.place_id,
                run_id=event.run_id,
                person_id=event.person_id,
                level_code="",
                state=PlaceState.RELEASED,
            )
        )
        return
    place.state = PlaceState.RELEASED


@dataclass(frozen=True)
class Entry:
    """A run that somebody may enter: as a learner with a place, or as staff without one."""

    run: RunCopy
    place: PlaceCopy | None


def enter_run(session: Session, *, actor: Actor, run_id: UUID) -> Entry:
    """The run for a learner with a confirmed place, its trainers and the office; NotFound for everybody else."""
    run = run_queries.get_run(session, run_id=run_id)
    place = _own_place(session, actor=actor, run_id=run_id)
    facts = Facts(run_id=run_id, person_id=place.person_id if place else None)
    require_or_hide(actor, Permission.RUN_READ, facts, kind="run")
    return Entry(run=run, place=place)


def enter_own_place(session: Session, *, actor: Actor, run_id: UUID) -> tuple[RunCopy, PlaceCopy]:
    """The run and the actor's own confirmed place in it, or NotFound."""
    run = run_queries.get_run(session, run_id=run_id)
    place = _own_place(session, actor=actor, run_id=run_id)
    facts = Facts(run_id=run_id, person_id=place.person_id if place else None)
    require_or_hide(actor, Permission.RUN_STUDY, facts, kind="run")
    assert place is not None  # Nobody else passes the line above.
    return run, place


def require_live_place(
    session: Session, *, actor: Actor, permission: Permission, place_id: UUID, kind: str
) -> PlaceCopy:
    """The place, locked, if it is the actor's own and confirmed; NotFound otherwise."""
    place = place_queries.lock_place(session, place_id=place_id)
    is_live = place.state is PlaceState.CONFIRMED
    facts = Facts(run_id=place.run_id, person_id=place.person_id if is_live else None)
    require_or_hide(actor, permission, facts, kind=kind)
    return place


def _own_place(session: Session, *, actor: Actor, run_id: UUID) -> PlaceCopy | None:
    if actor.person_id is None:
        return None
    return place_queries.find_confirmed_place(session, run_id=run_id, person_id=actor.person_id)
