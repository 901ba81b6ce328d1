"""Levels, modules and course runs."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.coursework.domain.places import PlaceState
from services.coursework.domain.text import is_storable
from services.coursework.models import LevelCopy, ModuleCopy, PlaceCopy, RunCopy
from shared.kernel.errors import NotFound


def get_run(session: Session, *, run_id: UUID) -> RunCopy:
    """The run, or NotFound."""
    run = session.get(RunCopy, run_id)
    if run is None:
        raise NotFound(kind="run")
    return run


def list_runs(session: Session, *, run_ids: Iterable[UUID]) -> list[RunCopy]:
    """Runs by id, the latest first."""
    wanted = set(run_ids)
    if not wanted:
        return []
    statement = select(RunCopy).where(RunCopy.run_id.in_(wanted))
    return list(session.scalars(statement.order_by(RunCopy.starts_on.desc(), RunCopy.title)))


def list_all_runs(session: Session, *, limit: int) -> list[RunCopy]:
    """The latest runs of the whole programme, for the office."""
    return list(session.scalars(select(RunCopy).order_by(RunCopy.starts_on.desc(), RunCopy.title).limit(limit)))


def list_courses_of_person(session: Session, *, person_id: UUID) -> list[tuple[RunCopy, PlaceCopy]]:
    """Runs in which the person has a confirmed place, the latest first."""
    statement = (
        select(RunCopy, PlaceCopy)
        .join(PlaceCopy, PlaceCopy.run_id == RunCopy.run_id)
        .where(PlaceCopy.person_id == person_id, PlaceCopy.state == PlaceState.CONFIRMED)
        .order_by(RunCopy.starts_on.desc(), RunCopy.title)
    )
    return [(run, place) for run, place in session.execute(statement)]


def list_levels(session: Session) -> list[LevelCopy]:
    """The levels of the programme, in order."""
    return list(session.scalars(select(LevelCopy).order_by(LevelCopy.position)))


def get_level(session: Session, *, code: str) -> LevelCopy:
    """The level, or NotFound."""
    level = session.get(LevelCopy, code) if is_storable(code) else None
    if level is None:
        raise NotFound(kind="level")
    return level


def list_modules(session: Session, *, level_code: str) -> list[ModuleCopy]:
    """The modules of a level, in order."""
    statement = select(ModuleCopy).where(ModuleCopy.level_code == level_code)
    return list(session.scalars(statement.order_by(ModuleCopy.position)))


def get_module(session: Session, *, level_code: str, code: str) -> ModuleCopy:
    """The module of that level, or NotFound."""
    module = session.get(ModuleCopy, code) if is_storable(code) else None
    if module is None or module.level_code != level_code:
        raise NotFound(kind="module")
    return module


def get_any_module(session: Session, *, code: str) -> ModuleCopy:
    """The module, whatever its level, or NotFound."""
    module = session.get(ModuleCopy, code) if is_storable(code) else None
    if module is None:
        raise NotFound(kind="module")
    return module


def list_all_modules(session: Session) -> list[ModuleCopy]:
    """The modules of all levels, level by level."""
    statement = select(ModuleCopy).join(LevelCopy, LevelCopy.code == ModuleCopy.level_code)
    return list(session.scalars(statement.order_by(LevelCopy.position, ModuleCopy.position)))
