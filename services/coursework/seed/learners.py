"""What one invented learner does in one run: quizzes, hand-ins, and the trainer's answers to them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.attempts import AttemptState
from services.coursework.domain.gradings import Outcome, read_rubric
from services.coursework.domain.questions import QuestionKind
from services.coursework.domain.submissions import SubmissionState
from services.coursework.models import PlaceCopy, QuestionRow
from services.coursework.operations import attempts, gradings, submissions
from services.coursework.operations.attempts import GivenAnswer
from services.coursework.queries import assignments as assignment_queries
from services.coursework.queries import quizzes as quiz_queries
from shared.kernel.actor import Actor, Role, RoleGrant, ScopeKind

Json = dict[str, Any]

_THINKING = timedelta(minutes=2)
#: How many questions somebody has answered who went away in the middle of a quiz.
_ANSWERED_SO_FAR = 4


def do_work(session: Session, place: PlaceCopy, steps: list[Json], *, graders: dict[str, UUID]) -> None:
    """Every step, unless it was done before. Modules without a quiz or an assignment are passed over."""
    learner = Actor(person_id=place.person_id)
    for step in steps:
        if step["quiz"] and quiz_queries.find_quiz_of_module(session, module_code=step["module_code"]):
            _take_quiz(session, learner, place, step)
        assignments = assignment_queries.list_assignments(session, module_codes=[step["module_code"]])
        if step["submission"] and assignments:
            grader = Actor(
                person_id=graders[step["grader"]],
                grants=frozenset({RoleGrant(Role.TRAINER, ScopeKind.RUN, place.run_id)}),
                has_second_factor=True,
            )
            _hand_in(session, learner, grader, place, step)


def _take_quiz(session: Session, learner: Actor, place: PlaceCopy, step: Json) -> None:
    quiz, version = quiz_queries.get_quiz_of_module(session, module_code=step["module_code"])
    if quiz_queries.list_attempts(session, place_id=place.place_id, quiz_id=quiz.id):
        return
    now = datetime.fromisoformat(step["quiz_at"])
    attempt = attempts.start_attempt(
        session, actor=learner, run_id=place.run_id, module_code=step["module_code"], now=now
    )
    session.flush()
    questions = quiz_queries.list_questions(session, quiz_version_id=version.id)
    answered = questions if step["quiz"] == "passed" else questions[:_ANSWERED_SO_FAR]
    given = {q.position: GivenAnswer(given=_right_answer(q)) for q in answered}
    now += _THINKING * len(given)
    attempts.save_answers(session, actor=learner, attempt_id=attempt.id, answers=given, now=now)
    session.flush()
    if step["quiz"] == "passed" and attempt.state is AttemptState.OPEN:
        attempts.submit_attempt(session, actor=learner, attempt_id=attempt.id, now=now + _THINKING)


def _right_answer(question: QuestionRow) -> Any:
    if question.kind is QuestionKind.NUMBER:
        return str(question.correct_number)
    return list(question.correct_keys)


def _hand_in(session: Session, learner: Actor, grader: Actor, place: PlaceCopy, step: Json) -> None:
    assignment = assignment_queries.get_assignment_of_module(session, module_code=step["module_code"])
    if assignment_queries.list_submissions(session, place_id=place.place_id, assignment_id=assignment.id):
        return
    now = datetime.fromisoformat(step["handed_in_at"])
    draft = submissions.save_note(
        session, actor=learner, run_id=place.run_id, module_code=step["module_code"], note=step["note"], now=now
    )
    session.flush()
    if step["submission"] == SubmissionState.DRAFT:
        return
    submissions.hand_in(session, actor=learner, submission_id=draft.id, note=None, now=now + _THINKING)
    session.flush()
    if step["submission"] in (SubmissionState.ACCEPTED, SubmissionState.RETURNED):
        _grade(session, grader, draft.id, assignment.rubric, step)


def _grade(session: Session, grader: Actor, submission_id: UUID, rubric: Json, step: Json) -> None:
    now = datetime.fromisoformat(step["graded_at"])
    outcome = Outcome(step["submission"])
    best = -1 if outcome is Outcome.ACCEPTED else 0
    chosen = {criterion.key: criterion.levels[best].key for criterion in read_rubric(rubric).criteria}
    gradings.save_draft(
        session,
        actor=grader,
        submission_id=submission_id,
        chosen=chosen,
        feedback=step["feedback"],
        now=now,
    )
    session.flush()
    gradings.release_grading(session, actor=grader, submission_id=submission_id, outcome=outcome, now=now)
