"""Levels and course runs."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.models import LevelCopy, RunCopy
from shared.kernel.errors import NotFound


def find_level(session: Session, *, code: str) -> LevelCopy | None:
    """The level of a code; none where it is no word that PostgreSQL could hold."""
    if not code.isprintable():
        return None
    return session.scalars(sa.select(LevelCopy).where(LevelCopy.code == code)).one_or_none()


def get_level(session: Session, *, code: str) -> LevelCopy:
    """The level of a code. Raises NotFound."""
    level = find_level(session, code=code)
    if level is None:
        raise NotFound(kind="level")
    return level


def list_levels(session: Session) -> list[LevelCopy]:
    """All levels in the programme's order."""
    return list(session.scalars(sa.select(LevelCopy).order_by(LevelCopy.position, LevelCopy.code)))


def find_run(session: Session, *, run_id: UUID) -> RunCopy | None:
    """One course run."""
    return session.get(RunCopy, run_id)


def levels_of(session: Session, *, codes: Collection[str]) -> dict[str, LevelCopy]:
    """These levels by code; what is unknown here is left out."""
    return {level.code: level for level in session.scalars(sa.select(LevelCopy).where(LevelCopy.code.in_(codes)))}


def runs_of(session: Session, *, run_ids: Collection[UUID]) -> dict[UUID, RunCopy]:
    """These course runs by id; what is unknown here is left out."""
    return {run.run_id: run for run in session.scalars(sa.select(RunCopy).where(RunCopy.run_id.in_(run_ids)))}


def list_runs(session: Session) -> list[RunCopy]:
    """All course runs, the newest first."""
    return list(session.scalars(sa.select(RunCopy).order_by(RunCopy.ends_on.desc(), RunCopy.title, RunCopy.run_id)))
