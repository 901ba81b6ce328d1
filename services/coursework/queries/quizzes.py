"""Quizzes, attempts, answers."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.coursework.domain.attempts import AttemptState
from services.coursework.domain.questions import Question
from services.coursework.models import Answer, Attempt, QuestionRow, Quiz, QuizVersion
from shared.kernel.errors import NotFound


def find_quiz_of_module(session: Session, *, module_code: str) -> Quiz | None:
    """The module's quiz."""
    return session.scalar(select(Quiz).where(Quiz.module_code == module_code))


def get_quiz_of_module(session: Session, *, module_code: str) -> tuple[Quiz, QuizVersion]:
    """The module's quiz with its current version, or NotFound."""
    quiz = find_quiz_of_module(session, module_code=module_code)
    if quiz is None:
        raise NotFound(kind="quiz")
    return quiz, get_current_version(session, quiz=quiz)


def get_current_version(session: Session, *, quiz: Quiz) -> QuizVersion:
    """The version that a new attempt gets."""
    statement = select(QuizVersion).where(QuizVersion.quiz_id == quiz.id, QuizVersion.version == quiz.current_version)
    return session.scalars(statement).one()


def list_quizzes(session: Session, *, module_codes: Iterable[str]) -> dict[str, Quiz]:
    """Quizzes by module."""
    statement = select(Quiz).where(Quiz.module_code.in_(list(module_codes)))
    return {quiz.module_code: quiz for quiz in session.scalars(statement)}


def get_quiz_version(session: Session, *, quiz_version_id: UUID) -> tuple[Quiz, QuizVersion]:
    """A version with its quiz, or NotFound."""
    row = session.execute(
        select(Quiz, QuizVersion)
        .join(QuizVersion, QuizVersion.quiz_id == Quiz.id)
        .where(QuizVersion.id == quiz_version_id)
    ).one_or_none()
    if row is None:
        raise NotFound(kind="quiz")
    return row[0], row[1]


def list_questions(session: Session, *, quiz_version_id: UUID) -> list[QuestionRow]:
    """The questions of a version, in order."""
    statement = select(QuestionRow).where(QuestionRow.quiz_version_id == quiz_version_id)
    return list(session.scalars(statement.order_by(QuestionRow.position)))


def as_question(row: QuestionRow) -> Question:
    """A stored question as scoring sees it."""
    return Question(
        question_id=row.id,
        position=row.position,
        kind=row.kind,
        points=row.points,
        choice_keys=tuple(choice["key"] for choice in row.choices),
        correct_keys=frozenset(row.correct_keys),
        correct_number=row.correct_number,
        tolerance=row.tolerance,
    )


def get_attempt(session: Session, *, attempt_id: UUID) -> Attempt:
    """The attempt, or NotFound."""
    attempt = session.get(Attempt, attempt_id)
    if attempt is None:
        raise NotFound(kind="attempt")
    return attempt


def lock_attempt(session: Session, *, attempt_id: UUID) -> Attempt:
    """The attempt, locked: saves and handing in wait for each other here."""
    attempt = session.scalar(
        select(Attempt).where(Attempt.id == attempt_id).with_for_update().execution_options(populate_existing=True)
    )
    if attempt is None:
        raise NotFound(kind="attempt")
    return attempt


def list_attempts(session: Session, *, place_id: UUID, quiz_id: UUID) -> list[Attempt]:
    """A place's attempts at a quiz, oldest first."""
    statement = select(Attempt).where(Attempt.place_id == place_id, Attempt.quiz_id == quiz_id)
    return list(session.scalars(statement.order_by(Attempt.number)))


def find_open_attempt(session: Session, *, place_id: UUID, quiz_id: UUID) -> Attempt | None:
    """The attempt that is being worked on."""
    return session.scalar(
        select(Attempt).where(
            Attempt.place_id == place_id, Attempt.quiz_id == quiz_id, Attempt.state == AttemptState.OPEN
        )
    )


def list_answers(session: Session, *, attempt_id: UUID) -> dict[UUID, Answer]:
    """What is kept of an attempt, by question."""
    statement = select(Answer).where(Answer.attempt_id == attempt_id)
    return {answer.question_id: answer for answer in session.scalars(statement)}


def find_version_by_source(session: Session, *, quiz_id: UUID, source_hash: str) -> QuizVersion | None:
    """The version that was made of this very source, at whatever time."""
    statement = select(QuizVersion).where(QuizVersion.quiz_id == quiz_id, QuizVersion.source_hash == source_hash)
    return session.scalar(statement.limit(1))
