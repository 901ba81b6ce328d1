"""Reading the catalogue: levels and modules."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from services.enrollment.models.catalogue import Level, Module
from shared.kernel.errors import NotFound


def list_levels(session: Session) -> Sequence[Level]:
    """All levels in order, each with its modules in order."""
    statement = sa.select(Level).order_by(Level.position)
    return session.scalars(statement.options(selectinload(Level.modules), selectinload(Level.requires))).all()


def get_level(session: Session, code: str) -> Level:
    """The level with that code, or NotFound."""
    if (level := session.scalar(sa.select(Level).where(Level.code == code))) is None:
        raise NotFound(kind="level")
    return level


def lock_level(session: Session, code: str) -> Level:
    """The level with that code, locked until the transaction ends, or NotFound."""
    level = session.scalar(sa.select(Level).where(Level.code == code).with_for_update(of=Level))
    if level is None:
        raise NotFound(kind="level")
    return level


def get_module(session: Session, code: str) -> Module:
    """The module with that code, or NotFound."""
    if (module := session.scalar(sa.select(Module).where(Module.code == code))) is None:
        raise NotFound(kind="module")
    return module
