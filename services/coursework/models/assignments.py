"""Assignments, what learners hand in for them, and the files on their way."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.domain.submissions import SubmissionState
from services.coursework.domain.uploads import FileType, RefusalReason, UploadState
from services.coursework.models.base import Base
from shared.db import enum_column


class Assignment(Base):
    """The assignment of a module with its rubric. A grading keeps its own copy of the rubric. No personal data."""

    __tablename__ = "assignment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    module_code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_einfach: Mapped[str | None]
    #: Markdown.
    text: Mapped[str]
    text_einfach: Mapped[str | None]
    rubric: Mapped[dict[str, Any]]
    #: From how many points on accepting is suggested to the trainer, who decides.
    pass_points: Mapped[int | None]
    expected_minutes: Mapped[int | None]
    #: Values of FileType.
    accepted_types: Mapped[list[str]]
    source_hash: Mapped[str]


class Submission(Base):
    """One version of what a person hands in. Personal data: the person's work; kept as long as the place."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("place_id", "assignment_id", "version"),
        Index(None, "run_id", "state", "submitted_at", "id"),
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_at"),
        CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name="claim"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place_copy.place_id"))
    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"))
    #: Copies of the place's and the assignment's, for the queue's index.
    run_id: Mapped[UUID]
    person_id: Mapped[UUID]
    module_code: Mapped[str]
    version: Mapped[int]
    state: Mapped[SubmissionState] = enum_column(SubmissionState)
    note: Mapped[str]
    note_saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    #: The trainer who holds it now, so that two do not grade the same.
    claimed_by: Mapped[UUID | None]
    claimed_until: Mapped[datetime | None]


class Upload(Base):
    """A file on its way to a submission.

    Personal data: the person's work, the file's name; kept as long as the submission.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index(None, "submission_id"),
        Index(None, "state", "announced_at"),
        CheckConstraint("(state = 'accepted') = (clean_key IS NOT NULL)", name="clean_key"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submission.id"))
    name: Mapped[str]
    announced_size: Mapped[int]
    announced_type: Mapped[FileType] = enum_column(FileType)
    raw_key: Mapped[str] = mapped_column(unique=True)
    #: Of the checked copy, without metadata.
    clean_key: Mapped[str | None] = mapped_column(unique=True)
    clean_size: Mapped[int | None]
    sha256: Mapped[str | None]
    state: Mapped[UploadState] = enum_column(UploadState)
    reason: Mapped[RefusalReason | None] = enum_column(RefusalReason)
    announced_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    #: When the unchecked original was deleted.
    raw_deleted_at: Mapped[datetime | None]
