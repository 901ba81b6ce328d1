"""Batches of certificates, and what became of each place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.batches import BatchKind, BatchProblem, BatchState, Outcome, Progress
from services.certification.models import BatchItem, Certificate, IssueBatch, LevelCompletion, PersonCopy
from shared.kernel.errors import NotFound


def get_batch(session: Session, *, batch_id: UUID) -> IssueBatch:
    """One batch. Raises NotFound."""
    batch = session.get(IssueBatch, batch_id)
    if batch is None:
        raise NotFound(kind="batch")
    return batch


def lock_batch(session: Session, *, batch_id: UUID) -> IssueBatch:
    """One batch, locked. Raises NotFound."""
    statement = sa.select(IssueBatch).where(IssueBatch.id == batch_id).with_for_update()
    batch = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if batch is None:
        raise NotFound(kind="batch")
    return batch


def list_batches(session: Session, *, limit: int) -> list[IssueBatch]:
    """The newest batches."""
    statement = sa.select(IssueBatch).order_by(IssueBatch.started_at.desc(), IssueBatch.id.desc())
    return list(session.scalars(statement.limit(limit)))


def note_problem(session: Session, *, batch_id: UUID, problem: BatchProblem, now: datetime) -> None:
    """Write down what a running batch waits for."""
    statement = sa.update(IssueBatch).where(IssueBatch.id == batch_id, IssueBatch.state == BatchState.RUNNING)
    session.execute(statement.values(problem=problem, tried_at=now))


def clear_problem(session: Session, *, batch_id: UUID) -> None:
    """It goes again; touches no row where it has gone all the time, so that lanes do not wait for each other."""
    statement = sa.update(IssueBatch).where(IssueBatch.id == batch_id, IssueBatch.problem.is_not(None))
    session.execute(statement.values(problem=None, tried_at=None))


def claim_items(session: Session, *, batch_id: UUID, limit: int) -> list[UUID]:
    """Subjects that nobody has dealt with, locked for this transaction; those that another one holds are left out."""
    statement = (
        sa.select(BatchItem.subject_id)
        .where(BatchItem.batch_id == batch_id, BatchItem.outcome.is_(None))
        .order_by(BatchItem.subject_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))


def count_left(session: Session, *, batch_id: UUID) -> int:
    """How many items are still to be dealt with, as far as is committed."""
    statement = sa.select(sa.func.count()).where(BatchItem.batch_id == batch_id, BatchItem.outcome.is_(None))
    return session.scalar(statement) or 0


def read_progress(session: Session, *, batch_ids: Sequence[UUID]) -> dict[UUID, Progress]:
    """How far each of these batches is."""
    counted: dict[UUID, dict[Outcome, int]] = {batch_id: {} for batch_id in batch_ids}
    statement = (
        sa.select(BatchItem.batch_id, BatchItem.outcome, sa.func.count())
        .where(BatchItem.batch_id.in_(batch_ids), BatchItem.outcome.is_not(None))
        .group_by(BatchItem.batch_id, BatchItem.outcome)
    )
    for batch_id, outcome, count in session.execute(statement):
        if outcome is not None:
            counted[batch_id][outcome] = count
    totals = session.execute(sa.select(IssueBatch.id, IssueBatch.total).where(IssueBatch.id.in_(batch_ids)))
    return {batch_id: Progress(total, counted[batch_id]) for batch_id, total in totals}


def last_done_at(session: Session, *, batch_id: UUID) -> datetime | None:
    """When the last item was dealt with."""
    return session.scalar(sa.select(sa.func.max(BatchItem.done_at)).where(BatchItem.batch_id == batch_id))


def find_open_batch(session: Session, *, kind: BatchKind, title: str) -> IssueBatch | None:
    """The newest batch of a kind and title that is not over yet."""
    statement = sa.select(IssueBatch).where(
        IssueBatch.kind == kind,
        IssueBatch.title == title,
        IssueBatch.state.in_((BatchState.RUNNING, BatchState.PAUSED)),
    )
    return session.scalars(statement.order_by(IssueBatch.started_at.desc()).limit(1)).first()


def list_running_batches(session: Session) -> list[IssueBatch]:
    """Batches that should be moving."""
    statement = sa.select(IssueBatch).where(IssueBatch.state == BatchState.RUNNING)
    return list(session.scalars(statement.order_by(IssueBatch.id)))


@dataclass(frozen=True)
class ReportLine:
    """What became of one item."""

    full_name: str | None
    level_code: str | None
    number: str | None
    outcome: Outcome | None
    done_at: datetime | None


def read_report(session: Session, *, batch: IssueBatch) -> Iterator[ReportLine]:
    """Every item of a batch by name, in parts, so that a large one fits into memory."""
    old = sa.orm.aliased(Certificate)
    statement = (
        sa.select(
            sa.func.coalesce(Certificate.full_name, old.full_name, PersonCopy.full_name),
            sa.func.coalesce(LevelCompletion.level_code, old.level_code),
            Certificate.number,
            BatchItem.outcome,
            BatchItem.done_at,
        )
        .select_from(BatchItem)
        .outerjoin(Certificate, Certificate.id == BatchItem.certificate_id)
        .outerjoin(LevelCompletion, LevelCompletion.place_id == BatchItem.subject_id)
        .outerjoin(PersonCopy, PersonCopy.person_id == LevelCompletion.person_id)
        .outerjoin(old, sa.and_(old.id == BatchItem.subject_id, sa.literal(batch.kind is BatchKind.REISSUE)))
        .where(BatchItem.batch_id == batch.id)
        .order_by(sa.literal_column("1").nulls_last(), BatchItem.subject_id)
    )
    for row in session.execute(statement.execution_options(yield_per=500)):
        yield ReportLine(*row)
