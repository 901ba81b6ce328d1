"""Marks of attendance."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.domain.attendance import MarkState
from services.enrollment.models.base import Base
from shared.db import enum_column


class AttendanceMark(Base):
    """How one person's presence in one session was noted, last.

    Personal data: who was where when. Kept as long as the programme must prove its courses.
    """

    __tablename__ = "attendance_mark"
    __table_args__ = (
        CheckConstraint("units >= 0 and (state = 'present' or units = 0)", name="units_only_for_present"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("course_session.id"), primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), primary_key=True, index=True)
    state: Mapped[MarkState] = enum_column(MarkState)
    units: Mapped[int]
    marked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    marked_at: Mapped[datetime]
