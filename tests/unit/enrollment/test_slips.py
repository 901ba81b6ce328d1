"""Sign-in slips: words that can be told apart, and what people make of them when they type."""

from collections import Counter
from itertools import count

import pytest

from services.enrollment.domain.slip_words import SLIP_WORDS
from services.enrollment.domain.slips import draw_words, new_personal_code, show_personal_code, tidy_words


def _one_letter_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def test_four_words_hold_forty_bits() -> None:
    assert len(SLIP_WORDS) == len(set(SLIP_WORDS)) == 1024


def test_words_can_be_typed_on_any_keyboard() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 10 for word in SLIP_WORDS)


def test_one_wrong_letter_never_makes_another_word() -> None:
    by_length = {n: [w for w in SLIP_WORDS if len(w) in (n, n + 1)] for n in range(3, 11)}
    pairs = [
        (one, other)
        for words in by_length.values()
        for index, one in enumerate(words)
        for other in words[index + 1 :]
        if _one_letter_apart(one, other)
    ]
    assert not pairs


def test_four_words_are_drawn_each_by_itself() -> None:
    numbers = count()
    assert draw_words(choose=lambda words: words[next(numbers)]) == SLIP_WORDS[:4]


@pytest.mark.parametrize(
    "typed",
    ["apfel berg haus tisch", "  Apfel  BERG haus\ttisch ", "apfel, berg, haus, tisch", "Apfel-Berg-Haus-Tisch."],
)
def test_words_count_however_they_are_typed(typed: str) -> None:
    assert tidy_words(typed) == "apfel berg haus tisch"


def test_personal_codes_are_read_in_two_groups_and_hardly_repeat() -> None:
    codes = [new_personal_code() for _ in range(500)]
    assert Counter(codes).most_common(1)[0][1] == 1
    assert show_personal_code("K7MQRT") == "K7M-QRT"
