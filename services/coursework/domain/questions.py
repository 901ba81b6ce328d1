"""Questions of a quiz: their kinds, what an answer to each looks like, and how it is scored.

Every score is a whole percentage of the question's points, so that sums never depend on rounding in binary.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.coursework.domain.errors import AnswerMalformed
from services.coursework.domain.text import is_storable

#: Groups of three after a dot are thousands in German numbers: 3.300 is three thousand three hundred, 0.125 is not.
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:[.\s']\d{3})+(?:,\d+)?")
_NUMBER_LIMIT = 40


class QuestionKind(StrEnum):
    """What a learner does with a question."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    NUMBER = "number"


@dataclass(frozen=True)
class Question:
    """A question as scoring sees it.

    `choice_keys` are all that may be chosen, `correct_keys` those that should be; both are empty for a number,
    which has `correct_number` and the `tolerance` within which an answer is right.
    """

    question_id: UUID
    position: int
    kind: QuestionKind
    points: int
    choice_keys: tuple[str, ...] = ()
    correct_keys: frozenset[str] = frozenset()
    correct_number: Decimal | None = None
    tolerance: Decimal = Decimal(0)


#: What is kept of an answer: chosen keys in the question's order, or one number as text. Empty means "not answered".
AnswerValue = tuple[str, ...]


def read_answer(question: Question, given: Any) -> AnswerValue:
    """What came from a form or from JSON, as the value that is kept.

    Takes a list of keys, one key, a number or its text. Raises AnswerMalformed for a choice that the question does
    not have, for more than one where one is asked for, and for a number that is too long or cannot be stored.
    """
    items = [given] if isinstance(given, str | int | float) and not isinstance(given, bool) else given
    if items is None:
        return ()
    if not isinstance(items, list | tuple) or not all(isinstance(i, str | int | float) for i in items):
        raise AnswerMalformed(position=question.position)
    texts = [str(item).strip() for item in items if str(item).strip()]
    if question.kind is QuestionKind.NUMBER:
        return _read_number(question, texts)
    return _read_choices(question, texts)


def _read_number(question: Question, texts: list[str]) -> AnswerValue:
    """The number with a decimal comma. What is no number (yet) is kept as it was typed, so that nothing is lost."""
    if not texts:
        return ()
    if len(texts) > 1 or len(texts[0]) > _NUMBER_LIMIT or not is_storable(texts[0]):
        raise AnswerMalformed(position=question.position)
    number = parse_number(texts[0])
    return (texts[0] if number is None else german_number(number),)


def _read_choices(question: Question, texts: list[str]) -> AnswerValue:
    chosen = set(texts)
    is_one_too_many = question.kind is not QuestionKind.MULTIPLE and len(chosen) > 1
    if is_one_too_many or not chosen <= set(question.choice_keys):
        raise AnswerMalformed(position=question.position)
    return tuple(key for key in question.choice_keys if key in chosen)


def parse_number(text: str) -> Decimal | None:
    """A number as people in Germany write it (3.300,50), or None. An euro or percent sign after it does no harm."""
    plain = text.strip().removesuffix("€").removesuffix("%").strip()
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[.\s']", "", plain)
    plain = plain.replace(",", ".")
    if len(plain) > _NUMBER_LIMIT:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _NUMBER_LIMIT else None


def german_number(number: Decimal) -> str:
    """A number as it is kept and shown: a decimal comma, no groups, so that reading it back gives the same number."""
    return format(number.normalize(), "f").replace(".", ",")


def answer_hash(value: AnswerValue) -> str:
    """The SHA-256 of an answer as it is stored: what the receipt shows, so that a learner can prove what was kept."""
    return hashlib.sha256(json.dumps(list(value), ensure_ascii=False).encode()).hexdigest()


def credit_percent(question: Question, value: AnswerValue) -> int:
    """How much of the question's points the answer earns, 0 to 100.

    One right choice of one: all or nothing. Several: each right choice adds its share, each wrong one takes a share
    away, never below nothing; so choosing everything earns no more than guessing does.
    """
    if not value:
        return 0
    match question.kind:
        case QuestionKind.NUMBER:
            return 100 if _is_close(question, value[0]) else 0
        case QuestionKind.MULTIPLE:
            chosen = set(value)
            hits = len(chosen & question.correct_keys) - len(chosen - question.correct_keys)
            return max(0, 100 * hits // max(1, len(question.correct_keys)))
        case _:
            return 100 if set(value) == question.correct_keys else 0


def _is_close(question: Question, text: str) -> bool:
    number = parse_number(text)
    if number is None or question.correct_number is None:
        return False
    return abs(number - question.correct_number) <= question.tolerance
