"""Events of the coursework service: results of a level, files on their way to being checked."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class RubricResult:
    """What the rubric of one accepted assignment came to."""

    title: str
    points: int
    points_most: int


@dataclass(frozen=True, kw_only=True)
class LevelPassed(Event):
    """A person has passed every quiz and assignment that the level demands, in one course run.

    `rubric_results` are in the order of the assignments; a certificate shows them where the level's template says so.
    """

    type: ClassVar[str] = "coursework.level_passed"
    subject: ClassVar[str] = "result"

    place_id: UUID
    run_id: UUID
    person_id: UUID
    level_code: str
    passed_on: date
    quizzes_passed: int
    assignments_accepted: int
    rubric_results: tuple[RubricResult, ...] = ()

    @property
    def subject_id(self) -> UUID:
        return self.place_id


@dataclass(frozen=True, kw_only=True)
class LevelReopened(Event):
    """A correction: a result that had been complete no longer is."""

    type: ClassVar[str] = "coursework.level_reopened"
    subject: ClassVar[str] = "result"

    place_id: UUID
    run_id: UUID
    person_id: UUID
    level_code: str

    @property
    def subject_id(self) -> UUID:
        return self.place_id


@dataclass(frozen=True, kw_only=True)
class SubmissionGraded(Event):
    """A trainer released feedback on a submission. Enrollment tells the person by mail; no mark travels with it."""

    type: ClassVar[str] = "coursework.submission_graded"
    subject: ClassVar[str] = "submission"

    submission_id: UUID
    run_id: UUID
    person_id: UUID
    is_accepted: bool

    @property
    def subject_id(self) -> UUID:
        return self.submission_id


@dataclass(frozen=True, kw_only=True)
class UploadArrived(Event):
    """The browser says that a file lies in S3. Coursework's own worker checks it before it is attached to anything."""

    type: ClassVar[str] = "coursework.upload_arrived"
    subject: ClassVar[str] = "upload"

    upload_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.upload_id
