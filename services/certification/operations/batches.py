"""Certificates for many places at once: started by the office, worked through by workers in parts.

Each part is one transaction: items are claimed with SKIP LOCKED, certificates made, outcomes written. A worker that is
killed leaves its part undone, and nothing of it is seen; the message that asked for it comes again. Lanes are chains of
such messages: every step asks for the next one, until a step finds nothing to do.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.batches import (
    BATCH_TRANSITIONS,
    BatchKind,
    BatchProblem,
    BatchState,
    Progress,
)
from services.certification.domain.errors import (
    NothingToIssue,
    SigningKeyMissing,
    SigningKeyUnknown,
    SigningKeyUnusable,
)
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.reissues import ReissueReason
from services.certification.models import BatchItem, IssueBatch
from services.certification.operations.issuing import Decided, issue_places
from services.certification.operations.reissues import reissue_many
from services.certification.operations.releases import release_all
from services.certification.queries.batches import (
    ReportLine,
    claim_items,
    clear_problem,
    count_left,
    get_batch,
    last_done_at,
    list_batches,
    list_running_batches,
    lock_batch,
    note_problem,
    read_progress,
    read_report,
)
from services.certification.queries.completions import list_fulfilled_places, list_waiting_places
from services.certification.queries.documents import DocumentsOfBatch, read_documents_of_batch
from shared.contracts.certification import BatchStepDue
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox
from shared.observability.logs import get_logger

logger = get_logger(__name__)

#: Items of one transaction: some tenths of a second, so that a lost part costs little and others get their turn.
STEP_SIZE = 200
#: Chains of steps at work on one batch: as many workers can be at it.
LANES = 4
#: A running batch that has done nothing for so long has lost its lanes.
_STANDSTILL = timedelta(minutes=2)
#: A lane that found no key to sign with tries again after this.
_REST = timedelta(seconds=15)
_PROBLEMS: Mapping[type[Exception], BatchProblem] = MappingProxyType(
    {
        SigningKeyUnusable: BatchProblem.KEY_AWAY,
        SigningKeyMissing: BatchProblem.KEY_MISSING,
        SigningKeyUnknown: BatchProblem.KEY_UNKNOWN,
    }
)
_SHOWN = 50

_STORED = sa.text(
    "UPDATE batch_item SET outcome = done.outcome, certificate_id = done.certificate_id, done_at = :now"
    " FROM unnest(CAST(:subjects AS uuid[]), CAST(:outcomes AS text[]), CAST(:certificates AS uuid[]))"
    " AS done (subject_id, outcome, certificate_id)"
    " WHERE batch_item.batch_id = :batch_id AND batch_item.subject_id = done.subject_id"
)


@dataclass(frozen=True)
class BatchOverview:
    """A batch as the office sees it."""

    batch: IssueBatch
    progress: Progress
    stands_still: bool = False
    #: How far the documents of its certificates are; only where one batch is looked at.
    documents: DocumentsOfBatch | None = None


def start_batch(
    session: Session, *, actor: Actor, title: str, run_id: UUID | None, level_code: str | None, now: datetime
) -> IssueBatch:
    """Issue for everybody of a course, or for all that waits of a level, or of the programme. Raises NothingToIssue."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    if run_id is not None:
        place_ids = list_fulfilled_places(session, run_id=run_id)
    else:
        place_ids = list_waiting_places(session, level_code=level_code)
    return _start(session, BatchKind.ISSUE, title, place_ids, actor=actor, now=now)


def release_as_batch(
    session: Session, *, actor: Actor, title: str, place_ids: Collection[UUID], now: datetime
) -> IssueBatch:
    """Release what waits among these places, and issue it as a batch. Raises NothingToIssue."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    released = release_all(session, actor=actor, place_ids=place_ids, now=now)
    return _start(session, BatchKind.ISSUE, title, released, actor=actor, now=now)


def reissue_as_batch(
    session: Session, *, actor: Actor, title: str, certificate_ids: Collection[UUID], now: datetime
) -> IssueBatch:
    """Make certificates anew whose key no longer vouches for them. Raises NothingToIssue."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    require(PERMISSIONS, actor, Permission.REISSUE_DECIDE, Facts())
    return _start(session, BatchKind.REISSUE, title, certificate_ids, actor=actor, now=now)


def _start(
    session: Session, kind: BatchKind, title: str, subject_ids: Collection[UUID], *, actor: Actor, now: datetime
) -> IssueBatch:
    subjects = sorted(set(subject_ids))
    if not subjects:
        raise NothingToIssue
    batch = IssueBatch(
        id=new_id(),
        kind=kind,
        title=title,
        state=BatchState.RUNNING,
        total=len(subjects),
        started_at=now,
        started_by_id=actor.person_id,
    )
    session.add(batch)
    session.flush()
    rows = [{"batch_id": batch.id, "subject_id": subject_id} for subject_id in subjects]
    session.execute(sa.insert(BatchItem.__table__), rows)  # type: ignore[arg-type]
    _record(session, batch, actor=actor, now=now)
    _open_lanes(session, batch.id, now=now)
    return batch


def work_on_batch(session: Session, *, event: BatchStepDue, seal: Seal, now: datetime) -> None:
    """Do the next part of a batch and ask for the one after it; nothing where it no longer runs.

    The last lane that finds nothing to do ends the batch: until then somebody else still holds a part. Where no key
    signs, the part is left undone, the batch says so, and the lane tries again soon.
    """
    batch = get_batch(session, batch_id=event.batch_id)
    if batch.state is not BatchState.RUNNING:
        return
    subject_ids = claim_items(session, batch_id=batch.id, limit=STEP_SIZE)
    if not subject_ids:
        _finish(session, batch.id, now=now)
        return
    try:
        with session.begin_nested():
            decided = _do(session, batch, subject_ids, seal=seal, now=now)
    except tuple(_PROBLEMS) as error:
        _wait(session, event, _PROBLEMS[type(error)], now=now)
        return
    _store(session, batch.id, decided, now=now)
    clear_problem(session, batch_id=batch.id)
    # Due since its batch began: the next step does not queue behind the events of the certificates just made.
    outbox.append(session, BatchStepDue(lane_id=event.lane_id, batch_id=batch.id), now=batch.started_at)


def _wait(session: Session, event: BatchStepDue, problem: BatchProblem, *, now: datetime) -> None:
    logger.warning("batch_waits", batch_id=str(event.batch_id), problem=problem)
    note_problem(session, batch_id=event.batch_id, problem=problem, now=now)
    again = BatchStepDue(lane_id=event.lane_id, batch_id=event.batch_id)
    outbox.append_all(session, [again], now=now, due_at=now + _REST)


def _do(
    session: Session, batch: IssueBatch, subject_ids: Sequence[UUID], *, seal: Seal, now: datetime
) -> list[Decided]:
    if batch.kind is BatchKind.ISSUE:
        return issue_places(session, place_ids=subject_ids, seal=seal, now=now)
    return reissue_many(
        session,
        certificate_ids=subject_ids,
        reason=ReissueReason.KEY_REVOKED,
        actor=Actor(person_id=batch.started_by_id),
        seal=seal,
        now=now,
    )


def _store(session: Session, batch_id: UUID, decided: Sequence[Decided], *, now: datetime) -> None:
    outcomes = {
        "batch_id": batch_id,
        "now": now,
        "subjects": [one.place_id for one in decided],
        "outcomes": [one.outcome.value for one in decided],
        "certificates": [one.certificate_id for one in decided],
    }
    session.execute(_STORED, outcomes)


def _finish(session: Session, batch_id: UUID, *, now: datetime) -> None:
    if count_left(session, batch_id=batch_id):
        return
    batch = lock_batch(session, batch_id=batch_id)
    if batch.state is BatchState.RUNNING:
        batch.state = BATCH_TRANSITIONS.check(batch.state, BatchState.FINISHED)
        batch.ended_at = now


def change_batch(session: Session, *, actor: Actor, batch_id: UUID, state: BatchState, now: datetime) -> IssueBatch:
    """Pause, go on, or cancel. What is being done at this moment is still done. Raises NotFound, TransitionRefused."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    batch = lock_batch(session, batch_id=batch_id)
    batch.state = BATCH_TRANSITIONS.check(batch.state, state)
    batch.problem = batch.tried_at = None
    if state is BatchState.CANCELLED:
        batch.ended_at = now
    if state is BatchState.RUNNING:
        _open_lanes(session, batch.id, now=now)
    _record(session, batch, actor=actor, now=now)
    return batch


def wake_batches(session: Session, *, now: datetime) -> int:
    """Give lanes to running batches that have stood still, whatever has taken theirs; how many."""
    woken = [batch for batch in list_running_batches(session) if _stands_still(session, batch, now=now)]
    for batch in woken:
        _open_lanes(session, batch.id, now=now)
    return len(woken)


def list_overviews(session: Session, *, actor: Actor) -> list[BatchOverview]:
    """The newest batches."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    batches = list_batches(session, limit=_SHOWN)
    progress = read_progress(session, batch_ids=[batch.id for batch in batches])
    return [BatchOverview(batch, progress[batch.id]) for batch in batches]


def read_batch(session: Session, *, actor: Actor, batch_id: UUID, now: datetime) -> BatchOverview:
    """One batch and how far it is. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    batch = get_batch(session, batch_id=batch_id)
    progress = read_progress(session, batch_ids=[batch.id])[batch.id]
    running = batch.state is BatchState.RUNNING
    return BatchOverview(
        batch=batch,
        progress=progress,
        stands_still=running and _stands_still(session, batch, now=now),
        documents=read_documents_of_batch(session, batch_id=batch.id),
    )


def report_of(session: Session, *, actor: Actor, batch_id: UUID) -> Iterator[ReportLine]:
    """What became of each item, by name. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    return read_report(session, batch=get_batch(session, batch_id=batch_id))


def _stands_still(session: Session, batch: IssueBatch, *, now: datetime) -> bool:
    """A batch that waits for a key and tries again and again has its lanes."""
    last = last_done_at(session, batch_id=batch.id) or batch.started_at
    return now - max(last, batch.tried_at or last) > _STANDSTILL


def _open_lanes(session: Session, batch_id: UUID, *, now: datetime) -> None:
    outbox.append_all(session, [BatchStepDue(lane_id=new_id(), batch_id=batch_id) for _ in range(LANES)], now=now)


def _record(session: Session, batch: IssueBatch, *, actor: Actor, now: datetime) -> None:
    audit.record(
        session,
        actor=actor,
        action=Permission.BATCH_RUN,
        subject="batch",
        subject_id=batch.id,
        now=now,
        after={"state": batch.state, "kind": batch.kind, "total": batch.total},
    )
