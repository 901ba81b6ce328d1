"""When a certificate is due, and which states it may have."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.kernel.transitions import Transitions


class CertificateState(StrEnum):
    """A certificate counts until it is revoked or a new one takes its place; either way it stays readable."""

    ISSUED = "issued"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


CERTIFICATE_TRANSITIONS = Transitions(
    "certificate",
    {
        CertificateState.ISSUED: frozenset({CertificateState.REVOKED, CertificateState.SUPERSEDED}),
        CertificateState.REVOKED: frozenset(),
        CertificateState.SUPERSEDED: frozenset(),
    },
)


class RevocationReason(StrEnum):
    """The reasons that a stranger may read. What lies behind them is an internal note."""

    ISSUED_IN_ERROR = "issued_in_error"
    CONDITIONS_NOT_MET = "conditions_not_met"
    WRONG_PERSON = "wrong_person"
    WRONG_DETAILS = "wrong_details"
    FALSE_STATEMENTS = "false_statements"
    KEY_COMPROMISED = "key_compromised"
    HOLDER_ASKED = "holder_asked"
    REPLACED = "replaced"


class RevocationRemark(StrEnum):
    """A second sentence that a stranger may read beside the reason; chosen, never written, so that it tells no more."""

    NOT_THE_HOLDERS_FAULT = "not_the_holders_fault"
    NEW_ONE_FOLLOWS = "new_one_follows"
    OFFICE_ANSWERS = "office_answers"


class ReviewReason(StrEnum):
    """Why the office should look at an issued certificate: a fact behind it was taken back."""

    ATTENDANCE_REOPENED = "attendance_reopened"
    RESULT_REOPENED = "result_reopened"


@dataclass(frozen=True)
class AttendanceFact:
    """What enrollment says: enough of the level was attended. Units of 45 minutes."""

    completed_on: date
    units_attended: int
    units_offered: int


@dataclass(frozen=True)
class ResultFact:
    """What coursework says: every quiz and assignment of the level is passed."""

    passed_on: date
    quizzes_passed: int
    assignments_accepted: int


@dataclass(frozen=True)
class Completion:
    """What is known of one person's place in one course run."""

    place_id: UUID
    attendance: AttendanceFact | None
    result: ResultFact | None

    @property
    def is_complete(self) -> bool:
        """Whether both facts are there, in whatever order they came."""
        return self.attendance is not None and self.result is not None

    @property
    def fulfilled_on(self) -> date | None:
        """The day on which the later of the two facts became true, or None while one is missing."""
        if self.attendance is None or self.result is None:
            return None
        return max(self.attendance.completed_on, self.result.passed_on)
