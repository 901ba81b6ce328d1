"""Certificates issued for many places at once."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.batches import BatchKind, BatchProblem, BatchState, Outcome
from services.certification.models.base import Base
from shared.db import enum_column


class IssueBatch(Base):
    """One batch: who asked for what. Personal data: who of the office started it (id)."""

    __tablename__ = "issue_batch"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[BatchKind] = enum_column(BatchKind)
    #: What was chosen, as the office reads it: a course, a level, a key.
    title: Mapped[str]
    state: Mapped[BatchState] = enum_column(BatchState)
    total: Mapped[int]
    started_at: Mapped[datetime]
    started_by_id: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    #: What it waits for, and when it last tried to go on; empty while it goes.
    problem: Mapped[BatchProblem | None] = enum_column(BatchProblem, nullable=True)
    tried_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_issue_batch_newest", "started_at", "id"),
        sa.Index("ix_issue_batch_running", "id", postgresql_where=sa.text("state = 'running'")),
        sa.CheckConstraint("(state IN ('finished', 'cancelled')) = (ended_at IS NOT NULL)", name="ended_whole"),
        sa.CheckConstraint("total >= 1", name="total_from_one"),
        sa.CheckConstraint("(problem IS NULL) = (tried_at IS NULL)", name="problem_whole"),
    )


class BatchItem(Base):
    """One place (or, where certificates are made anew, one certificate) of a batch.

    Personal data: that somebody's certificate was part of it, and what became of it; kept as long as the batch.
    """

    __tablename__ = "batch_item"

    batch_id: Mapped[UUID] = mapped_column(sa.ForeignKey("issue_batch.id"), primary_key=True)
    #: Id of the place, or of the certificate that is made anew.
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome | None] = enum_column(Outcome, nullable=True)
    certificate_id: Mapped[UUID | None]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_batch_item_left", "batch_id", "subject_id", postgresql_where=sa.text("outcome IS NULL")),
        sa.CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="done_whole"),
        sa.CheckConstraint("(outcome = 'issued') = (certificate_id IS NOT NULL)", name="issued_has_certificate"),
    )
