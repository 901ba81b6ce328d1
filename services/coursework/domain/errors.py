"""What coursework can refuse, with the facts that a sentence about it needs."""

from dataclasses import dataclass
from datetime import datetime

from shared.kernel.errors import Conflict, Refused


@dataclass(eq=False)
class AttemptClosed(Conflict):
    """The attempt has been handed in; its answers stand."""


@dataclass(eq=False)
class NoAttemptsLeft(Refused):
    """The passing rules of the level allow no further attempt at this quiz."""

    allowed: int


@dataclass(eq=False)
class QuizAlreadyPassed(Conflict):
    """A passed quiz is not taken again."""


@dataclass(eq=False)
class AnswerMalformed(Refused):
    """The answer does not fit its question: an unknown choice, or several where one is asked for."""

    position: int


@dataclass(eq=False)
class UploadTooLarge(Refused):
    """The file is larger than the limit."""

    megabytes: int


@dataclass(eq=False)
class UploadEmpty(Refused):
    """The file holds nothing."""


@dataclass(eq=False)
class UploadTypeRefused(Refused):
    """The file's type is not among those that an assignment takes."""

    accepted: str


@dataclass(eq=False)
class TooManyFiles(Refused):
    """The submission holds as many files as one may."""

    allowed: int


@dataclass(eq=False)
class UploadsUnchecked(Refused):
    """A file is still on its way or being checked; handing in waits for it."""

    waiting: int


@dataclass(eq=False)
class SubmissionEmpty(Refused):
    """Neither a text nor an accepted file: there is nothing to hand in."""


@dataclass(eq=False)
class NoteTooLong(Refused):
    """The text of a submission is longer than the limit."""

    allowed: int


@dataclass(eq=False)
class SubmissionClaimed(Conflict):
    """Another trainer is grading this submission until then."""

    claimed_until: datetime


@dataclass(eq=False)
class SubmissionSuperseded(Conflict):
    """A newer version of this submission exists, so the older one can no longer change."""


@dataclass(eq=False)
class RubricIncomplete(Refused):
    """Criteria without a chosen level."""

    missing: int


@dataclass(eq=False)
class FeedbackMissing(Refused):
    """Work that goes back for another round needs a sentence about what to change."""


@dataclass(eq=False)
class RulesOutdated(Conflict):
    """Somebody else changed the passing rules meanwhile."""


@dataclass(eq=False)
class RulesInvalid(Refused):
    """A passing rule outside its limits; `rule` names it."""

    rule: str


@dataclass(eq=False)
class MaterialOutdated(Conflict):
    """Somebody else saved a newer version of the material meanwhile."""
