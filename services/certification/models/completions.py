"""The two facts that make a certificate due, per place; they arrive in either order."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.models.base import Base


class LevelCompletion(Base):
    """One person's place in one course run: what enrollment says of attendance, what coursework says of results.

    Personal data: which course somebody completed when; kept as the reason of a certificate.
    """

    __tablename__ = "level_completion"

    place_id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID]
    person_id: Mapped[UUID]
    level_code: Mapped[str]
    attendance_completed_on: Mapped[date | None]
    units_attended: Mapped[int | None]
    units_offered: Mapped[int | None]
    passed_on: Mapped[date | None]
    quizzes_passed: Mapped[int | None]
    assignments_accepted: Mapped[int | None]
    #: [{"title", "points", "points_most"}]: what the rubrics of accepted assignments came to.
    rubric_results: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))

    __table_args__ = (
        sa.CheckConstraint(
            "(attendance_completed_on IS NULL) = (units_attended IS NULL)"
            " AND (attendance_completed_on IS NULL) = (units_offered IS NULL)",
            name="attendance_whole",
        ),
        sa.CheckConstraint(
            "(passed_on IS NULL) = (quizzes_passed IS NULL) AND (passed_on IS NULL) = (assignments_accepted IS NULL)",
            name="result_whole",
        ),
        sa.Index(None, "person_id"),
        sa.Index(None, "run_id"),
        sa.Index(None, "level_code"),
    )
