"""Gradings, and the queue of what waits for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from services.coursework.domain.submissions import SubmissionState
from services.coursework.models import Assignment, Grading, ModuleCopy, PersonCopy, RunCopy, Submission


def find_grading(session: Session, *, submission_id: UUID) -> Grading | None:
    """The grading that counts: a draft or a released one, not one that was withdrawn."""
    return session.scalar(select(Grading).where(Grading.submission_id == submission_id, Grading.withdrawn_at.is_(None)))


def list_gradings(session: Session, *, submission_ids: Iterable[UUID]) -> dict[UUID, Grading]:
    """The gradings that count, by submission."""
    statement = select(Grading).where(Grading.submission_id.in_(list(submission_ids)), Grading.withdrawn_at.is_(None))
    return {grading.submission_id: grading for grading in session.scalars(statement)}


@dataclass(frozen=True)
class QueueEntry:
    """One line of the trainer's queue."""

    submission_id: UUID
    run_id: UUID
    run_title: str
    module_code: str
    module_title: str
    assignment_title: str
    learner: str
    version: int
    state: SubmissionState
    submitted_at: datetime
    claimed_by: UUID | None
    claimed_until: datetime | None


def list_queue(
    session: Session,
    *,
    run_ids: Iterable[UUID],
    state: SubmissionState,
    module_code: str | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[QueueEntry]:
    """Submissions of runs in one state, the oldest first, after a position of the queue."""
    statement = _queue(_conditions(run_ids=run_ids, state=state, module_code=module_code))
    if after is not None:
        statement = statement.where(tuple_(Submission.submitted_at, Submission.id) > tuple_(*after))
    rows: Iterable[Any] = session.execute(statement.order_by(Submission.submitted_at, Submission.id).limit(limit))
    return [QueueEntry(*row) for row in rows]


def count_queue(session: Session, *, run_ids: Iterable[UUID], state: SubmissionState, module_code: str | None) -> int:
    """How many submissions of runs are in that state."""
    conditions = _conditions(run_ids=run_ids, state=state, module_code=module_code)
    return session.scalar(select(func.count()).select_from(Submission).where(*conditions)) or 0


def find_next_in_queue(
    session: Session, *, run_ids: Iterable[UUID], grader_id: UUID, besides: UUID | None, now: datetime
) -> UUID | None:
    """The oldest submission that waits and that no other trainer holds; one that is just being taken is passed over."""
    is_free = or_(Submission.claimed_by.is_(None), Submission.claimed_by == grader_id, Submission.claimed_until <= now)
    conditions = _conditions(run_ids=run_ids, state=SubmissionState.SUBMITTED, module_code=None)
    return session.scalar(
        select(Submission.id)
        .where(*conditions, is_free, Submission.id.is_distinct_from(besides))
        .order_by(Submission.submitted_at, Submission.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _conditions(
    *, run_ids: Iterable[UUID], state: SubmissionState, module_code: str | None
) -> Sequence[ColumnElement[bool]]:
    conditions = [Submission.run_id.in_(list(run_ids)), Submission.state == state]
    if module_code:
        conditions.append(Submission.module_code == module_code)
    return conditions


def _queue(conditions: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Submission.id,
            Submission.run_id,
            func.coalesce(RunCopy.title, ""),
            Submission.module_code,
            func.coalesce(ModuleCopy.title, Submission.module_code),
            Assignment.title,
            func.coalesce(PersonCopy.full_name, ""),
            Submission.version,
            Submission.state,
            Submission.submitted_at,
            Submission.claimed_by,
            Submission.claimed_until,
        )
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .outerjoin(RunCopy, RunCopy.run_id == Submission.run_id)
        .outerjoin(ModuleCopy, ModuleCopy.code == Submission.module_code)
        .outerjoin(PersonCopy, PersonCopy.person_id == Submission.person_id)
        .where(*conditions)
    )
