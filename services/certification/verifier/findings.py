"""What `memo-verify` finds: one answer to each question, and one word for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any


class Question(StrEnum):
    """What a stranger wants to know of a file."""

    SIGNATURE = "signature"  # was it signed with a key of the issuer that it names, and not changed since?
    TIME = "time"  # is today within its time?
    STATUS = "status"  # does the issuer's signed list say that it counts?
    PAPER = "paper"  # does the electronic seal of the PDF hold over the whole file?
    NAME = "name"  # is it of somebody of the name that was typed?


class Outcome(StrEnum):
    """An answer. Unknown is no yes: what could not be asked was not checked."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why an answer is what it is; each has its sentence in `words.py`."""

    SIGNED = "signed"
    NOT_SIGNED = "not_signed"
    NOT_THE_ISSUER = "not_the_issuer"
    KEYS_MISSING = "keys_missing"
    KEY_UNKNOWN = "key_unknown"
    FORM_UNKNOWN = "form_unknown"
    IN_TIME = "in_time"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    IN_FORCE = "in_force"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    NO_LIST_NAMED = "no_list_named"
    LIST_MISSING = "list_missing"
    LIST_NOT_SIGNED = "list_not_signed"
    LIST_OUTDATED = "list_outdated"
    SEALED = "sealed"
    SEAL_BROKEN = "seal_broken"
    SEAL_OF_ANOTHER = "seal_of_another"
    SEAL_MISSING = "seal_missing"
    SEAL_NOT_NAMED = "seal_not_named"
    NAME_FITS = "name_fits"
    NAME_DIFFERS = "name_differs"
    NAME_NOT_THERE = "name_not_there"


@dataclass(frozen=True)
class Finding:
    """One question with its answer."""

    question: Question
    outcome: Outcome
    reason: Reason


class Verdict(IntEnum):
    """All answers in one; the number is what the command ends with."""

    VALID = 0
    NOT_VALID = 1
    CANNOT_TELL = 2


@dataclass(frozen=True)
class Report:
    """Everything about one file. `facts` is what the credential itself says: worth as much as its signature."""

    findings: tuple[Finding, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    #: Why the file could not be read at all; then there are no findings.
    problem: str | None = None

    @property
    def verdict(self) -> Verdict:
        """One no is a no; one answer that is missing is no yes."""
        return verdict_of(self.findings)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Not valid where any question was answered with no, valid where all were answered with yes."""
    outcomes = {finding.outcome for finding in findings}
    if Outcome.FAILED in outcomes:
        return Verdict.NOT_VALID
    return Verdict.VALID if outcomes == {Outcome.PASSED} else Verdict.CANNOT_TELL


def passed(question: Question, reason: Reason) -> Finding:
    """A yes."""
    return Finding(question, Outcome.PASSED, reason)


def failed(question: Question, reason: Reason) -> Finding:
    """A no."""
    return Finding(question, Outcome.FAILED, reason)


def unknown(question: Question, reason: Reason) -> Finding:
    """No answer."""
    return Finding(question, Outcome.UNKNOWN, reason)
