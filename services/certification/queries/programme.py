"""Levels and course runs."""

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
