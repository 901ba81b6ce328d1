"""How far learners are, for one place or a whole run, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.coursework.domain.attempts import AttemptState
from services.coursework.domain.results import ModuleWork, assignment_step, quiz_step
from services.coursework.domain.rules import PassingRules
from services.coursework.domain.submissions import SubmissionState
from services.coursework.models import Assignment, Attempt, Grading, LevelResult, ModuleCopy, Submission
from services.coursework.queries.assignments import list_assignments
from services.coursework.queries.quizzes import list_quizzes
from services.coursework.queries.runs import list_modules


@dataclass
class _Tries:
    has_open: bool = False
    submitted: int = 0
    is_passed: bool = False
    versions: list[SubmissionState] = field(default_factory=list)


def list_work(
    session: Session, *, place_ids: Sequence[UUID], level_code: str, rules: PassingRules
) -> dict[UUID, list[ModuleWork]]:
    """Per place, what each module of the level demands and how far the learner is, in the modules' order."""
    codes = [module.code for module in list_modules(session, level_code=level_code)]
    quizzes = list_quizzes(session, module_codes=codes)
    assignments = list_assignments(session, module_codes=codes)
    tries = _attempts(session, place_ids)
    versions = _submissions(session, place_ids)

    def work(place_id: UUID, code: str) -> ModuleWork:
        quiz, assignment = quizzes.get(code), assignments.get(code)
        tried = tries[place_id, quiz.id] if quiz else _Tries()
        step = quiz_step(has_open_attempt=tried.has_open, submitted=tried.submitted, is_passed=tried.is_passed)
        return ModuleWork(
            module_code=code,
            quiz=step if quiz else None,
            assignment=assignment_step(versions[place_id, assignment.id].versions) if assignment else None,
            counts=code not in rules.left_out_modules,
        )

    return {place_id: [work(place_id, code) for code in codes] for place_id in place_ids}


def _attempts(session: Session, place_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], _Tries]:
    tries: dict[tuple[UUID, UUID], _Tries] = defaultdict(_Tries)
    rows = session.execute(
        select(Attempt.place_id, Attempt.quiz_id, Attempt.state, func.count(), func.bool_or(Attempt.is_passed))
        .where(Attempt.place_id.in_(place_ids))
        .group_by(Attempt.place_id, Attempt.quiz_id, Attempt.state)
    )
    for place_id, quiz_id, state, count, is_passed in rows:
        tried = tries[place_id, quiz_id]
        tried.is_passed = tried.is_passed or bool(is_passed)
        if state is AttemptState.OPEN:
            tried.has_open = True
        else:
            tried.submitted = count
    return tries


def _submissions(session: Session, place_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], _Tries]:
    tries: dict[tuple[UUID, UUID], _Tries] = defaultdict(_Tries)
    rows = session.execute(
        select(Submission.place_id, Submission.assignment_id, Submission.state)
        .where(Submission.place_id.in_(place_ids))
        .order_by(Submission.version)
    )
    for place_id, assignment_id, state in rows:
        tries[place_id, assignment_id].versions.append(state)
    return tries


def find_result(session: Session, *, place_id: UUID) -> LevelResult | None:
    """The result of the place's level, passed or opened again."""
    return session.get(LevelResult, place_id)


def list_results(session: Session, *, place_ids: Sequence[UUID]) -> dict[UUID, LevelResult]:
    """Results by place."""
    statement = select(LevelResult).where(LevelResult.place_id.in_(place_ids))
    return {result.place_id: result for result in session.scalars(statement)}


@dataclass(frozen=True)
class AcceptedWork:
    """What the rubric of one accepted assignment came to."""

    title: str
    points: int
    points_most: int


def list_accepted_work(session: Session, *, place_id: UUID) -> list[AcceptedWork]:
    """The accepted assignments of a place that are graded by points, in the order of the level's modules."""
    statement = (
        select(Assignment.title, Grading.points, Grading.max_points)
        .join(Submission, Submission.id == Grading.submission_id)
        .join(Assignment, Assignment.id == Submission.assignment_id)
        .join(ModuleCopy, ModuleCopy.code == Assignment.module_code)
        .where(
            Submission.place_id == place_id,
            Submission.state == SubmissionState.ACCEPTED,
            Grading.withdrawn_at.is_(None),
            Grading.max_points > 0,
        )
        .order_by(ModuleCopy.position, Assignment.title)
    )
    return [AcceptedWork(*row) for row in session.execute(statement)]
