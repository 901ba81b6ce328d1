"""Versions of the passing rules."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.models.base import Base


class RulesVersion(Base):
    """The passing rules of a level from one moment on; the newest holds. Personal data: who of the office set them."""

    __tablename__ = "rules_version"
    __table_args__ = (
        UniqueConstraint("level_code", "version"),
        CheckConstraint("quiz_pass_percent BETWEEN 1 AND 100", name="quiz_pass_percent"),
        CheckConstraint("attempts_allowed >= 1", name="attempts_allowed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    level_code: Mapped[str]
    version: Mapped[int]
    quiz_pass_percent: Mapped[int]
    attempts_allowed: Mapped[int | None]
    left_out_modules: Mapped[list[str]]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
