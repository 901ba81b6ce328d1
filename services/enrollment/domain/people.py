"""People and their accounts: names, addresses, and how long a closed account stays closed (for ever)."""

import unicodedata
from enum import StrEnum

from shared.kernel.transitions import Transitions

#: Codes of the languages in which the platform speaks and writes; the first is used where nothing is known.
LANGUAGES = ("de", "de-x-einfach", "en", "tr", "ar")

#: What stands in place of a name once its account was closed. It keeps lists and counts right without naming anybody.
CLOSED_NAME = "–"


class PersonState(StrEnum):
    """Whether an account can be used."""

    ACTIVE = "active"
    CLOSED = "closed"


PERSON_TRANSITIONS: Transitions[PersonState] = Transitions(
    "person",
    {PersonState.ACTIVE: frozenset({PersonState.CLOSED}), PersonState.CLOSED: frozenset()},
)


def tidy_name(typed: str) -> str:
    """A name as it will stand on a certificate: composed characters, single spaces, nothing invisible.

    Characters that steer the direction of text are dropped, for they could make a name read as another one.
    """
    composed = unicodedata.normalize("NFC", typed)
    visible = "".join(letter if unicodedata.category(letter) not in {"Cc", "Cf"} else " " for letter in composed)
    return " ".join(visible.split())


def tidy_email(typed: str) -> str:
    """An address as it is stored and compared: without spaces around it, in lower case."""
    return typed.strip().lower()


def tidy_language(code: str | None) -> str:
    """The code of a language that the platform speaks; German for any other."""
    return code if code in LANGUAGES else LANGUAGES[0]
