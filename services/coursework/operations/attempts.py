"""Attempts at a quiz: begin, keep answers, hand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain import attempts as rules_of_attempts
from services.coursework.domain.attempts import ATTEMPT_TRANSITIONS, AttemptState, SaveVerdict, judge_save
from services.coursework.domain.permissions import Permission
from services.coursework.domain.questions import AnswerValue, answer_hash, read_answer
from services.coursework.models import Answer, Attempt, PlaceCopy, QuestionRow
from services.coursework.operations.places import enter_own_place, require_live_place
from services.coursework.operations.results import settle_level
from services.coursework.queries import quizzes as quiz_queries
from services.coursework.queries import rules as rule_queries
from services.coursework.queries import runs as run_queries
from services.coursework.queries.places import lock_place
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id


@dataclass(frozen=True)
class KeptAnswer:
    """The acknowledgement of a save: what is kept now. `verdict` says what became of the one that came."""

    question_id: UUID
    position: int
    verdict: SaveVerdict
    revision: int
    value: AnswerValue
    value_hash: str
    saved_at: datetime


@dataclass(frozen=True)
class GivenAnswer:
    """An answer as it came. Without a revision its age decides: one that waited on a device without network, while
    another device saved a newer one, changes nothing.

    `seen_hash` is of the answer that the page showed when it was loaded; an answer that still equals it was not
    touched there, so it does not overwrite what another device has saved since.
    """

    given: Any
    revision: int | None = None
    #: How long before its arrival it was given. Ages can be compared, the clocks of devices cannot.
    age: timedelta = timedelta(0)
    seen_hash: str | None = None


def start_attempt(session: Session, *, actor: Actor, run_id: UUID, module_code: str, now: datetime) -> Attempt:
    """The open attempt of the actor at the module's quiz, a new one where none is open.

    Raises NotFound, NoAttemptsLeft, QuizAlreadyPassed.
    """
    run, place = enter_own_place(session, actor=actor, run_id=run_id)
    run_queries.get_module(session, level_code=run.level_code, code=module_code)
    quiz, version = quiz_queries.get_quiz_of_module(session, module_code=module_code)
    lock_place(session, place_id=place.place_id)
    earlier = quiz_queries.list_attempts(session, place_id=place.place_id, quiz_id=quiz.id)
    for attempt in earlier:
        if attempt.state is AttemptState.OPEN:
            return attempt
    rules = rule_queries.get_rules(session, level_code=run.level_code)
    rules_of_attempts.require_another_attempt(
        used=len(earlier), allowed=rules.attempts_allowed, is_passed=any(a.is_passed for a in earlier)
    )
    attempt = Attempt(
        id=new_id(),
        place_id=place.place_id,
        quiz_id=quiz.id,
        quiz_version_id=version.id,
        number=len(earlier) + 1,
        state=AttemptState.OPEN,
        started_at=now,
    )
    session.add(attempt)
    return attempt


def save_answers(
    session: Session, *, actor: Actor, attempt_id: UUID, answers: Mapping[int, GivenAnswer], now: datetime
) -> list[KeptAnswer]:
    """Keep answers, by the question's position, and say what is kept of each.

    A save that arrives after a newer one changes nothing. Raises NotFound, AttemptClosed, AnswerMalformed.
    """
    attempt = _open_attempt(session, actor=actor, attempt_id=attempt_id)
    questions = {q.position: q for q in _questions(session, attempt)}
    kept = quiz_queries.list_answers(session, attempt_id=attempt.id)
    return [
        _save(session, attempt=attempt, question=_at(questions, position), kept=kept, answer=answer, now=now)
        for position, answer in answers.items()
    ]


def save_answer_to(
    session: Session, *, actor: Actor, attempt_id: UUID, question_id: UUID, answer: GivenAnswer, now: datetime
) -> KeptAnswer:
    """Like `save_answers`, for one question by its id."""
    attempt = _open_attempt(session, actor=actor, attempt_id=attempt_id)
    question = next((q for q in _questions(session, attempt) if q.id == question_id), None)
    if question is None:
        raise NotFound(kind="question")
    kept = quiz_queries.list_answers(session, attempt_id=attempt.id)
    return _save(session, attempt=attempt, question=question, kept=kept, answer=answer, now=now)


def _open_attempt(session: Session, *, actor: Actor, attempt_id: UUID) -> Attempt:
    attempt = quiz_queries.get_attempt(session, attempt_id=attempt_id)
    _own_place_of(session, actor=actor, attempt=attempt)
    attempt = quiz_queries.lock_attempt(session, attempt_id=attempt_id)
    rules_of_attempts.require_open(attempt.state)
    return attempt


def _own_place_of(session: Session, *, actor: Actor, attempt: Attempt) -> PlaceCopy:
    return require_live_place(
        session, actor=actor, permission=Permission.ATTEMPT_WORK, place_id=attempt.place_id, kind="attempt"
    )


def _questions(session: Session, attempt: Attempt) -> Sequence[QuestionRow]:
    return quiz_queries.list_questions(session, quiz_version_id=attempt.quiz_version_id)


def _at(questions: Mapping[int, QuestionRow], position: int) -> QuestionRow:
    if position not in questions:
        raise NotFound(kind="question")
    return questions[position]


def _save(
    session: Session,
    *,
    attempt: Attempt,
    question: QuestionRow,
    kept: Mapping[UUID, Answer],
    answer: GivenAnswer,
    now: datetime,
) -> KeptAnswer:
    value = read_answer(quiz_queries.as_question(question), answer.given)
    row = kept.get(question.id)
    stored_revision, stored_hash = (row.revision, row.value_hash) if row else (0, answer_hash(()))
    given_at = now - answer.age
    revision = answer.revision
    if revision is None:
        revision = stored_revision if row and given_at < row.saved_at else stored_revision + 1
    verdict = judge_save(
        revision=revision,
        value=value,
        stored_revision=stored_revision,
        stored_hash=stored_hash,
    )
    if answer_hash(value) in (stored_hash, answer.seen_hash) and answer.revision is None:
        verdict = SaveVerdict.REPEATED
    if verdict is SaveVerdict.STORED:
        row = _store(session, attempt=attempt, question=question, row=row, value=value, now=given_at)
        row.revision = revision
    return KeptAnswer(
        question_id=question.id,
        position=question.position,
        verdict=verdict,
        revision=row.revision if row else 0,
        value=tuple(row.value) if row else (),
        value_hash=row.value_hash if row else answer_hash(()),
        saved_at=row.saved_at if row else now,
    )


def _store(
    session: Session, *, attempt: Attempt, question: QuestionRow, row: Answer | None, value: AnswerValue, now: datetime
) -> Answer:
    if row is None:
        row = Answer(attempt_id=attempt.id, question_id=question.id, credit_percent=None)
        session.add(row)
    row.value = list(value)
    row.value_hash = answer_hash(value)
    row.saved_at = now
    return row


def submit_attempt(session: Session, *, actor: Actor, attempt_id: UUID, now: datetime) -> Attempt:
    """Hand an attempt in: score it as it is stored, and settle the level. Handing in twice changes nothing.

    Raises NotFound. Event: LevelPassed where this was the last that lacked.
    """
    attempt = quiz_queries.get_attempt(session, attempt_id=attempt_id)
    place = _own_place_of(session, actor=actor, attempt=attempt)
    attempt = quiz_queries.lock_attempt(session, attempt_id=attempt_id)
    if attempt.state is AttemptState.SUBMITTED:
        return attempt
    rules = rule_queries.get_rules(session, level_code=place.level_code)
    answers = quiz_queries.list_answers(session, attempt_id=attempt.id)
    score = rules_of_attempts.score_attempt(
        [quiz_queries.as_question(q) for q in _questions(session, attempt)],
        {question_id: tuple(answer.value) for question_id, answer in answers.items()},
    )
    for question_id, answer in answers.items():
        answer.credit_percent = score.credits[question_id]
    attempt.state = ATTEMPT_TRANSITIONS.check(attempt.state, AttemptState.SUBMITTED)
    attempt.submitted_at = now
    attempt.score_percent = score.percent
    attempt.pass_percent = rules.quiz_pass_percent
    attempt.is_passed = score.passes(rules.quiz_pass_percent)
    settle_level(session, place=place, now=now)
    return attempt
