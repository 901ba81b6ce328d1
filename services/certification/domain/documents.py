"""Documents: which there are, in which second language, how firmly sealed, when a failed one is tried again."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a PDF shows."""

    CERTIFICATE = "certificate"
    PASS = "pass"


class DocumentState(StrEnum):
    """Wanted until the worker has made and stored it; wanted again where the store has lost it."""

    WANTED = "wanted"
    STORED = "stored"


class SealLevel(StrEnum):
    """The levels of PAdES (ETSI EN 319 142-1): a seal alone; with a timestamp; with proofs for the long run."""

    B_B = "b-b"
    B_T = "b-t"
    B_LTA = "b-lta"


class DocumentProblem(StrEnum):
    """Why a document is not there yet, or not as firmly sealed as it shall be."""

    STORE = "store"  # the store of files did not answer, or is full
    SEAL = "seal"  # the key or its certificate cannot be used
    TIMESTAMP = "timestamp"  # sealed and stored, but the timestamp authority did not answer


#: German alone.
NO_SECOND_LANGUAGE = ""
#: The languages in which a sheet can say everything a second time.
SECOND_LANGUAGES = ("en", "tr", "ar", "uk", "ru", "fr", "ro", "it", "pl", "es", "el", "fa")

_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)


def second_language_for(language: str, *, allowed: Collection[str] = SECOND_LANGUAGES) -> str:
    """The second language of a sheet for somebody who reads the platform in `language`."""
    return language if language in allowed else NO_SECOND_LANGUAGE


def next_try(attempts: int, *, now: datetime) -> datetime:
    """When something that has failed `attempts` times is tried again: after 30 s, then ever longer, at most an hour."""
    return now + min(_FIRST_PAUSE * 2 ** min(attempts - 1, 10), _LONGEST_PAUSE)
