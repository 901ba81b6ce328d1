"""Gradings: drafts and decisions of trainers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.domain.gradings import Outcome
from services.coursework.models.base import Base
from shared.db import enum_column


class Grading(Base):
    """What a trainer says about a submission; one counts at a time, corrected ones are kept.

    Personal data: who graded whom and how; kept as long as the submission.
    """

    __tablename__ = "grading"
    __table_args__ = (
        Index(
            "uq_grading_current",
            "submission_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("(outcome IS NULL) = (released_at IS NULL)", name="released"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    grader_id: Mapped[UUID]
    #: The assignment's rubric as it was when this grading began.
    rubric: Mapped[dict[str, Any]]
    #: Criterion -> chosen level.
    chosen: Mapped[dict[str, Any]]
    points: Mapped[int]
    max_points: Mapped[int]
    feedback: Mapped[str]
    #: Counted by the server per save of the draft.
    revision: Mapped[int]
    saved_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = enum_column(Outcome)
    released_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
