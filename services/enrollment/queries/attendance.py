"""Reading attendance."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.models.attendance import AttendanceMark
from services.enrollment.models.catalogue import Module


def find_mark(session: Session, *, session_id: UUID, place_id: UUID) -> AttendanceMark | None:
    """The mark of one person in one session, if it was set."""
    return session.get(AttendanceMark, (session_id, place_id), populate_existing=True)


def list_marks_of_session(session: Session, *, session_id: UUID) -> dict[UUID, AttendanceMark]:
    """Place -> its mark in the session."""
    statement = sa.select(AttendanceMark).where(AttendanceMark.session_id == session_id)
    return {mark.place_id: mark for mark in session.scalars(statement)}


def list_marks_of_place(session: Session, *, place_id: UUID) -> dict[UUID, AttendanceMark]:
    """Session -> the person's mark in it."""
    statement = sa.select(AttendanceMark).where(AttendanceMark.place_id == place_id)
    return {mark.session_id: mark for mark in session.scalars(statement)}


def has_marks(session: Session, *, session_id: UUID) -> bool:
    """Whether anybody's attendance has been noted in the session."""
    return session.scalar(sa.select(sa.exists().where(AttendanceMark.session_id == session_id))) or False


def list_module_units(session: Session, *, level_id: UUID) -> list[int]:
    """The teaching units of each module of a level."""
    return list(session.scalars(sa.select(Module.units).where(Module.level_id == level_id)))


def sum_units(session: Session, *, place_id: UUID) -> int:
    """The teaching units that a person has attended in their run."""
    statement = sa.select(sa.func.coalesce(sa.func.sum(AttendanceMark.units), 0))
    return session.scalar(statement.where(AttendanceMark.place_id == place_id)) or 0
