"""Sign-in slips: four words and a QR code, the key to an account without e-mail.

A slip is guessed at through the form with the personal code (6 of 24 characters, 27 bits) and four of 1,024 words
(40 bits): 67 bits together, behind the limits on guessing. The QR code bears a secret of 256 bits.
"""

import re
from collections.abc import Callable, Sequence

from services.enrollment.domain.slip_words import SLIP_WORDS
from shared.kernel.ids import new_code

WORDS_ON_A_SLIP = 4
PERSONAL_CODE_LENGTH = 6

#: How the umlauts of words are typed on keyboards without them.
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def draw_words(*, choose: Callable[[Sequence[str]], str]) -> tuple[str, ...]:
    """Four words, each chosen by itself (`secrets.choice`), so the same one may come twice."""
    return tuple(choose(SLIP_WORDS) for _ in range(WORDS_ON_A_SLIP))


def tidy_words(typed: str) -> str:
    """Four words as somebody typed them, as they are compared: lower case, one space between."""
    return " ".join(re.findall(r"[a-z]+", typed.lower().translate(_PLAIN)))


def new_personal_code() -> str:
    """The code that names an account on its slip and in place of an e-mail address."""
    return new_code(PERSONAL_CODE_LENGTH)


def show_personal_code(code: str) -> str:
    """A personal code as it is printed: two groups of three."""
    return f"{code[:3]}-{code[3:]}"
