"""Submissions: what a learner hands in for an assignment, version by version."""

from enum import StrEnum

from services.coursework.domain.errors import NoteTooLong, SubmissionEmpty, UploadsUnchecked
from services.coursework.domain.uploads import UploadState
from shared.kernel.transitions import Transitions

#: Longest text of a submission, in characters; about eight printed pages.
NOTE_LIMIT = 20_000


class SubmissionState(StrEnum):
    """A draft is handed in, then goes back for another round or is accepted."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


#: The ways back to "submitted" are corrections: a trainer opens a grading again.
SUBMISSION_TRANSITIONS = Transitions(
    subject="submission",
    table={
        SubmissionState.DRAFT: frozenset({SubmissionState.SUBMITTED}),
        SubmissionState.SUBMITTED: frozenset({SubmissionState.RETURNED, SubmissionState.ACCEPTED}),
        SubmissionState.RETURNED: frozenset({SubmissionState.SUBMITTED}),
        SubmissionState.ACCEPTED: frozenset({SubmissionState.SUBMITTED}),
    },
)


def check_note(note: str) -> str:
    """The text with uniform line ends, or NoteTooLong."""
    plain = note.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(plain) > NOTE_LIMIT:
        raise NoteTooLong(allowed=NOTE_LIMIT)
    return plain


def require_complete(*, note: str, upload_states: list[UploadState]) -> None:
    """Raise UploadsUnchecked while a file is on its way, SubmissionEmpty where there is nothing to hand in."""
    waiting = sum(state in (UploadState.ANNOUNCED, UploadState.ARRIVED) for state in upload_states)
    if waiting:
        raise UploadsUnchecked(waiting=waiting)
    if not note.strip() and UploadState.ACCEPTED not in upload_states:
        raise SubmissionEmpty
