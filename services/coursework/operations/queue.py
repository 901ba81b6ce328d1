"""The trainer's queue and the page on which one submission is graded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from markupsafe import Markup
from sqlalchemy.orm import Session

from services.coursework.adapters import lessons
from services.coursework.domain.gradings import Rubric, read_rubric
from services.coursework.domain.permissions import Permission, require_or_hide
from services.coursework.domain.submissions import SubmissionState
from services.coursework.models import Grading, ModuleCopy, RunCopy, Submission
from services.coursework.operations.assignments import Feedback, describe_submission
from services.coursework.queries import assignments as assignment_queries
from services.coursework.queries import gradings as grading_queries
from services.coursework.queries import people as people_queries
from services.coursework.queries import runs as run_queries
from services.coursework.queries.gradings import QueueEntry
from shared.documents import Documents
from shared.kernel.actor import Actor, Role
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts


@dataclass(frozen=True)
class Queue:
    """One page of the queue, what can be chosen to narrow it, and how many wait in all."""

    entries: Sequence[QueueEntry]
    count: int
    waiting: int
    runs: Sequence[RunCopy]
    modules: Sequence[ModuleCopy]


def open_queue(
    session: Session,
    *,
    actor: Actor,
    state: SubmissionState,
    run_id: UUID | None,
    module_code: str | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> Queue:
    """Submissions of the actor's own runs in one state, oldest first, up to `limit` of them.

    A run that is not the actor's is NotFound.
    """
    own = actor.scope_ids(Role.TRAINER)
    if run_id is not None:
        require_or_hide(actor, Permission.SUBMISSION_GRADE, Facts(run_id=run_id), kind="run")
    run_ids = [run_id] if run_id is not None else own
    runs = run_queries.list_runs(session, run_ids=own)
    levels = {run.level_code for run in runs}
    return Queue(
        entries=grading_queries.list_queue(
            session, run_ids=run_ids, state=state, module_code=module_code, after=after, limit=limit
        ),
        count=grading_queries.count_queue(session, run_ids=run_ids, state=state, module_code=module_code),
        waiting=grading_queries.count_queue(session, run_ids=own, state=SubmissionState.SUBMITTED, module_code=None),
        runs=runs,
        modules=[module for module in run_queries.list_all_modules(session) if module.level_code in levels],
    )


@dataclass(frozen=True)
class GradingPage:
    """A submission to be graded, the draft so far, and who holds it."""

    work: Feedback
    learner: str
    draft: Grading | None
    rubric: Rubric
    holder: str
    claimed_until: datetime | None
    is_mine: bool
    is_free: bool
    earlier: Sequence[Submission]

    @property
    def is_waiting(self) -> bool:
        """Whether the submission still waits for a decision."""
        return self.work.submission.state is SubmissionState.SUBMITTED


def open_grading(
    session: Session, *, documents: Documents, actor: Actor, submission_id: UUID, language: str, now: datetime
) -> GradingPage:
    """What a trainer of the run sees of a submission that was handed in. Raises NotFound."""
    submission = assignment_queries.get_submission(session, submission_id=submission_id)
    require_or_hide(actor, Permission.SUBMISSION_GRADE, Facts(run_id=submission.run_id), kind="submission")
    if submission.state is SubmissionState.DRAFT or actor.person_id is None:
        raise NotFound(kind="submission")
    work = describe_submission(session, documents=documents, submission=submission, language=language)
    draft = grading_queries.find_grading(session, submission_id=submission.id)
    is_held = submission.claimed_until is not None and submission.claimed_until > now
    holder_id = submission.claimed_by if is_held else None
    names = people_queries.list_names(
        session, person_ids=[person for person in (submission.person_id, holder_id) if person]
    )
    return GradingPage(
        work=work,
        learner=names.get(submission.person_id, ""),
        draft=draft,
        rubric=read_rubric(draft.rubric) if draft else work.rubric,
        holder=names.get(holder_id, "") if holder_id else "",
        claimed_until=submission.claimed_until if is_held else None,
        is_mine=holder_id == actor.person_id,
        is_free=holder_id in (None, actor.person_id),
        earlier=[version for version in work.versions if version.version < submission.version],
    )


def count_waiting(session: Session, *, actor: Actor) -> int:
    """How many submissions of the actor's runs wait for a grading."""
    own = actor.scope_ids(Role.TRAINER)
    if not own:
        return 0
    return grading_queries.count_queue(session, run_ids=own, state=SubmissionState.SUBMITTED, module_code=None)


def render_feedback(markdown: str) -> Markup:
    """Feedback as clean HTML, for a preview before it is released."""
    return lessons.render(markdown)
