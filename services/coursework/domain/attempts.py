"""Attempts at a quiz: their states, the order of saves, the score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.coursework.domain.errors import AttemptClosed, NoAttemptsLeft, QuizAlreadyPassed
from services.coursework.domain.questions import AnswerValue, Question, answer_hash, credit_percent
from shared.kernel.transitions import Transitions


class AttemptState(StrEnum):
    """An attempt is worked on until it is handed in, once."""

    OPEN = "open"
    SUBMITTED = "submitted"


ATTEMPT_TRANSITIONS = Transitions(
    subject="attempt",
    table={
        AttemptState.OPEN: frozenset({AttemptState.SUBMITTED}),
        AttemptState.SUBMITTED: frozenset(),
    },
)


class SaveVerdict(StrEnum):
    """What becomes of a save that arrived."""

    STORED = "stored"
    REPEATED = "repeated"
    STALE = "stale"


def judge_save(*, revision: int, value: AnswerValue, stored_revision: int, stored_hash: str | None) -> SaveVerdict:
    """Whether a save that arrives is new, the same once more, or older than what is already kept.

    The browser counts revisions per question; requests overtake each other, so arrival says nothing about order.
    """
    if revision > stored_revision:
        return SaveVerdict.STORED
    return SaveVerdict.REPEATED if stored_hash == answer_hash(value) else SaveVerdict.STALE


def require_open(state: AttemptState) -> None:
    """Raise AttemptClosed once the attempt was handed in."""
    if state is not AttemptState.OPEN:
        raise AttemptClosed


def require_another_attempt(*, used: int, allowed: int | None, is_passed: bool) -> None:
    """Raise QuizAlreadyPassed or NoAttemptsLeft. `allowed` None means as often as one likes."""
    if is_passed:
        raise QuizAlreadyPassed
    if allowed is not None and used >= allowed:
        raise NoAttemptsLeft(allowed=allowed)


@dataclass(frozen=True)
class Score:
    """The outcome of an attempt. `credits` holds the percentage earned per question."""

    percent: int
    credits: Mapping[UUID, int]

    def passes(self, pass_percent: int) -> bool:
        """Whether the score reaches the percentage that the rules ask for."""
        return self.percent >= pass_percent


def score_attempt(questions: Sequence[Question], answers: Mapping[UUID, AnswerValue]) -> Score:
    """Points earned of points to be had, in whole percent, rounded down; a missing answer earns nothing."""
    earned = {q.question_id: credit_percent(q, answers.get(q.question_id, ())) for q in questions}
    possible = sum(q.points for q in questions)
    total = sum(q.points * earned[q.question_id] for q in questions)
    return Score(percent=total // possible if possible else 0, credits=earned)
