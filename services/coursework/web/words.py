"""Words of the interface for what the rules name with codes."""

from typing import Any

from flask_babel import lazy_gettext as _l

from services.coursework.domain.gradings import Outcome
from services.coursework.domain.materials import MaterialKind, ReadingState
from services.coursework.domain.results import StepState
from services.coursework.domain.submissions import SubmissionState
from services.coursework.domain.uploads import RefusalReason, UploadState

#: State -> (word, tone of its tag).
STEP_STATES: dict[StepState, tuple[Any, str]] = {
    StepState.OPEN: (_l("To do"), "neutral"),
    StepState.STARTED: (_l("Started"), "info"),
    StepState.WAITING: (_l("With the trainer"), "info"),
    StepState.RETURNED: (_l("Another round"), "warning"),
    StepState.FAILED: (_l("Not passed yet"), "warning"),
    StepState.DONE: (_l("Done"), "success"),
}
READING_STATES: dict[ReadingState, tuple[Any, str]] = {
    ReadingState.NEW: (_l("New"), "neutral"),
    ReadingState.OPENED: (_l("Opened"), "info"),
    ReadingState.READ: (_l("Read"), "success"),
    ReadingState.CHANGED: (_l("Changed since you read it"), "warning"),
}
SUBMISSION_STATES: dict[SubmissionState, tuple[Any, str]] = {
    SubmissionState.DRAFT: (_l("Draft"), "neutral"),
    SubmissionState.SUBMITTED: (_l("Waiting for grading"), "info"),
    SubmissionState.RETURNED: (_l("Returned for another round"), "warning"),
    SubmissionState.ACCEPTED: (_l("Accepted"), "success"),
}
UPLOAD_STATES: dict[UploadState, tuple[Any, str]] = {
    UploadState.ANNOUNCED: (_l("On its way"), "info"),
    UploadState.ARRIVED: (_l("Being checked"), "info"),
    UploadState.ACCEPTED: (_l("Ready"), "success"),
    UploadState.REFUSED: (_l("Not accepted"), "danger"),
}
REFUSALS: dict[RefusalReason, Any] = {
    RefusalReason.MISSING: _l("The file did not arrive. Please send it again."),
    RefusalReason.SIZE_DIFFERS: _l("The file did not arrive completely. Please send it again."),
    RefusalReason.TYPE_DIFFERS: _l(
        "The file is not what its name says. Save it again as PDF or Word file, or take a photo of it."
    ),
    RefusalReason.DAMAGED: _l("The file is damaged and cannot be opened. Save it again and send the new file."),
    RefusalReason.ENCRYPTED: _l("The file has a password. Save it without a password and send it again."),
    RefusalReason.TOO_BIG_INSIDE: _l("The file is too big inside: too many pages or too large a picture."),
    RefusalReason.HAS_MACROS: _l("The file holds a program (macro). Save it as an ordinary Word file (.docx)."),
}
MATERIAL_KINDS: dict[MaterialKind, tuple[Any, str]] = {
    MaterialKind.TEXT: (_l("Lesson"), "book"),
    MaterialKind.IMAGE: (_l("Picture"), "eye"),
    MaterialKind.PDF: (_l("Handout (PDF)"), "file"),
}
OUTCOMES: dict[Outcome, Any] = {
    Outcome.ACCEPTED: _l("Accepted"),
    Outcome.RETURNED: _l("Returned for another round"),
}
RUN_STATES: dict[str, tuple[Any, str]] = {
    "published": (_l("Starts soon"), "info"),
    "running": (_l("Running"), "success"),
    "finished": (_l("Finished"), "neutral"),
    "cancelled": (_l("Cancelled"), "danger"),
}
