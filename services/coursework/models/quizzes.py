"""Quizzes, their frozen versions, attempts and answers."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.domain.attempts import AttemptState
from services.coursework.domain.questions import QuestionKind
from services.coursework.models.base import Base
from shared.db import enum_column


class Quiz(Base):
    """The quiz of a module. No personal data."""

    __tablename__ = "quiz"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    module_code: Mapped[str] = mapped_column(unique=True)
    current_version: Mapped[int]


class QuizVersion(Base):
    """A quiz as it was attempted. A trigger keeps it and its questions from ever changing. No personal data."""

    __tablename__ = "quiz_version"
    __table_args__ = (UniqueConstraint("quiz_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    quiz_id: Mapped[UUID] = mapped_column(ForeignKey("quiz.id"))
    version: Mapped[int]
    title: Mapped[str]
    title_einfach: Mapped[str | None]
    source_hash: Mapped[str]
    created_at: Mapped[datetime]


class QuestionRow(Base):
    """One question of one version. No personal data."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("quiz_version_id", "position"),
        CheckConstraint("points BETWEEN 1 AND 100", name="points"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    quiz_version_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_version.id"))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = enum_column(QuestionKind)
    points: Mapped[int]
    prompt: Mapped[str]
    prompt_einfach: Mapped[str | None]
    explanation: Mapped[str]
    explanation_einfach: Mapped[str | None]
    #: In order: key, text, text_einfach, feedback. Empty for a number.
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    correct_keys: Mapped[list[str]]
    correct_number: Mapped[Decimal | None] = mapped_column(Numeric)
    tolerance: Mapped[Decimal] = mapped_column(Numeric)
    unit: Mapped[str | None]


class Attempt(Base):
    """One attempt of one place at one quiz. Personal data: what a person knows; kept as long as the place."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("place_id", "quiz_id", "number"),
        Index(
            "uq_attempt_open",
            "place_id",
            "quiz_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at"),
        CheckConstraint("(state = 'submitted') = (score_percent IS NOT NULL)", name="score"),
        CheckConstraint("score_percent BETWEEN 0 AND 100", name="score_percent"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place_copy.place_id"))
    quiz_id: Mapped[UUID] = mapped_column(ForeignKey("quiz.id"))
    quiz_version_id: Mapped[UUID] = mapped_column(ForeignKey("quiz_version.id"))
    number: Mapped[int]
    state: Mapped[AttemptState] = enum_column(AttemptState)
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    score_percent: Mapped[int | None]
    #: The percentage that was asked for when the attempt was handed in.
    pass_percent: Mapped[int | None]
    is_passed: Mapped[bool] = mapped_column(default=False)


class Answer(Base):
    """What is kept of an answer. Personal data: what a person knows; kept as long as the attempt."""

    __tablename__ = "answer"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("question.id"), primary_key=True)
    #: Counted by the browser per question; a save with a lower one arrived late.
    revision: Mapped[int]
    value: Mapped[list[str]]
    value_hash: Mapped[str]
    saved_at: Mapped[datetime]
    credit_percent: Mapped[int | None]
