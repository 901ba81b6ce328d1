"""The number of a certificate or pass: what its verification link bears, and what a person can type from paper."""

import re

from shared.kernel.ids import CODE_ALPHABET, new_code, normalise_code

#: 28 characters of 4.58 bits are 128 bits: nobody finds a certificate by trying.
NUMBER_LENGTH = 28
_GROUP = 4
_AS_PRINTED = re.compile(
    f"[{CODE_ALPHABET}]{{{_GROUP}}}(?:-[{CODE_ALPHABET}]{{{_GROUP}}}){{{NUMBER_LENGTH // _GROUP - 1}}}"
)


def new_number() -> str:
    """A random number in seven groups of four: `4C7F-…`. It says nothing about person, order or date."""
    return group_number(new_code(NUMBER_LENGTH))


def group_number(code: str) -> str:
    """The characters of a number with a dash after every fourth."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def read_number(typed: str) -> str | None:
    """What was typed or scanned, as the number that it can only be, or None where it can be none."""
    if _AS_PRINTED.fullmatch(typed):
        return typed
    code = normalise_code(typed)
    if len(code) != NUMBER_LENGTH or any(letter not in CODE_ALPHABET for letter in code):
        return None
    return group_number(code)


def strange_characters(typed: str) -> str:
    """The characters of `typed` that no number contains, each once: the likely slips of a reader (O, I, S, B)."""
    return "".join(sorted({letter for letter in normalise_code(typed) if letter not in CODE_ALPHABET}))
