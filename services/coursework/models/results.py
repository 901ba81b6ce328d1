"""Results of a level, one per place."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.models.base import Base


class LevelResult(Base):
    """Whether a person has passed the level in this place. Personal data: a result; kept as long as the place."""

    __tablename__ = "level_result"

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place_copy.place_id"), primary_key=True)
    #: Null once a correction has opened the result again.
    passed_on: Mapped[date | None]
    quizzes_passed: Mapped[int]
    assignments_accepted: Mapped[int]
    changed_at: Mapped[datetime]
