"""What answers are kept as, and what they earn."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.coursework.domain.attempts import SaveVerdict, judge_save, score_attempt
from services.coursework.domain.errors import AnswerMalformed
from services.coursework.domain.questions import (
    Question,
    QuestionKind,
    answer_hash,
    credit_percent,
    german_number,
    parse_number,
    read_answer,
)

KEYS = ("a", "b", "c", "d")


def question(
    kind: QuestionKind, *, number: int = 1, points: int = 1, correct: frozenset[str] = frozenset("a")
) -> Question:
    return Question(
        question_id=UUID(int=number),
        position=number,
        kind=kind,
        points=points,
        choice_keys=() if kind is QuestionKind.NUMBER else KEYS,
        correct_keys=frozenset() if kind is QuestionKind.NUMBER else correct,
        correct_number=Decimal(7) if kind is QuestionKind.NUMBER else None,
        tolerance=Decimal("0.5"),
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", "7"),
        ("3.300", "3300"),
        ("3.300,50 €", "3300.50"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("12,125", "12.125"),
        ("1.234.567,8", "1234567.8"),
        ("1 000 000", "1000000"),
        ("-4", "-4"),
        ("20 %", "20"),
        ("seven", None),
        ("", None),
        ("1e999999", None),
        ("NaN", None),
        ("Infinity", None),
    ],
)
def test_numbers_read_as_people_in_germany_write_them(text: str, number: str | None) -> None:
    assert parse_number(text) == (None if number is None else Decimal(number))


@given(number=st.decimals(min_value=-10_000_000, max_value=10_000_000, places=3))
def test_a_number_that_is_kept_reads_back_as_the_same_number(number: Decimal) -> None:
    [kept] = read_answer(question(QuestionKind.NUMBER), german_number(number))
    assert parse_number(kept) == number


def test_a_number_that_is_half_typed_is_kept_and_earns_nothing() -> None:
    asked = question(QuestionKind.NUMBER)
    assert read_answer(asked, "sie") == ("sie",)
    assert credit_percent(asked, ("sie",)) == 0


@pytest.mark.parametrize("typed", ["7", "7,0", "7.4", "6,5"])
def test_a_number_is_right_within_its_tolerance(typed: str) -> None:
    asked = question(QuestionKind.NUMBER)
    assert credit_percent(asked, read_answer(asked, typed)) == 100


def test_choices_are_kept_in_the_questions_order_whatever_the_order_they_came_in() -> None:
    asked = question(QuestionKind.MULTIPLE)
    assert read_answer(asked, ["c", "a", "a"]) == ("a", "c")
    assert answer_hash(read_answer(asked, ["c", "a"])) == answer_hash(read_answer(asked, ["a", "c"]))


@pytest.mark.parametrize("given_value", [["z"], ["a", "b"], [{"a": 1}], [None], "x" * 90])
def test_an_answer_that_does_not_fit_is_refused(given_value: object) -> None:
    with pytest.raises(AnswerMalformed):
        read_answer(question(QuestionKind.SINGLE), given_value)


def test_choosing_everything_earns_no_more_than_the_right_half() -> None:
    asked = question(QuestionKind.MULTIPLE, correct=frozenset("ab"))
    assert credit_percent(asked, ("a", "b")) == 100
    assert credit_percent(asked, ("a",)) == 50
    assert credit_percent(asked, ("a", "b", "c")) == 50
    assert credit_percent(asked, KEYS) == 0


choices = st.sets(st.sampled_from(KEYS))
correct_sets = st.sets(st.sampled_from(KEYS), min_size=1)


@given(correct=correct_sets, chosen=choices)
def test_credit_is_a_percentage_and_full_exactly_for_the_right_answer(correct: set[str], chosen: set[str]) -> None:
    asked = question(QuestionKind.MULTIPLE, correct=frozenset(correct))
    credit = credit_percent(asked, read_answer(asked, sorted(chosen)))
    assert 0 <= credit <= 100
    assert (credit == 100) == (chosen == correct)


@given(correct=correct_sets, chosen=choices)
def test_one_more_right_choice_never_earns_less_and_one_more_wrong_never_more(
    correct: set[str], chosen: set[str]
) -> None:
    asked = question(QuestionKind.MULTIPLE, correct=frozenset(correct))
    before = credit_percent(asked, read_answer(asked, sorted(chosen)))
    for key in set(KEYS) - chosen:
        after = credit_percent(asked, read_answer(asked, sorted({*chosen, key})))
        assert after >= before if key in correct else after <= before


answer_sheets = st.lists(st.tuples(st.integers(1, 10), correct_sets, choices), min_size=1, max_size=12)


@given(sheet=answer_sheets)
def test_a_score_is_a_percentage_and_a_hundred_exactly_for_a_faultless_sheet(
    sheet: list[tuple[int, set[str], set[str]]],
) -> None:
    questions = [
        question(QuestionKind.MULTIPLE, number=n, points=points, correct=frozenset(correct))
        for n, (points, correct, _) in enumerate(sheet, start=1)
    ]
    answers = {
        q.question_id: read_answer(q, sorted(chosen)) for q, (_, _, chosen) in zip(questions, sheet, strict=True)
    }
    score = score_attempt(questions, answers)
    assert 0 <= score.percent <= 100
    assert (score.percent == 100) == all(correct == chosen for _, correct, chosen in sheet)
    assert score.passes(0)


def test_nothing_answered_is_nothing_earned_and_an_empty_quiz_is_not_passed() -> None:
    asked = question(QuestionKind.SINGLE)
    assert score_attempt([asked], {}).percent == 0
    assert not score_attempt([], {}).passes(1)


@given(order=st.permutations([1, 2, 3, 4, 5]))
def test_whatever_the_order_of_arrival_the_newest_revision_stays(order: list[int]) -> None:
    kept_revision, kept_hash, kept = 0, answer_hash(()), ()
    for revision in order:
        value: tuple[str, ...] = (str(revision),)
        verdict = judge_save(revision=revision, value=value, stored_revision=kept_revision, stored_hash=kept_hash)
        if verdict is SaveVerdict.STORED:
            kept_revision, kept_hash, kept = revision, answer_hash(value), value
    assert (kept_revision, kept) == (5, ("5",))


def test_the_same_save_twice_is_a_repetition_not_a_conflict() -> None:
    value = ("a",)
    verdict = judge_save(revision=3, value=value, stored_revision=3, stored_hash=answer_hash(value))
    assert verdict is SaveVerdict.REPEATED
