"""Whether a level is complete, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.coursework.domain.submissions import SubmissionState


class StepState(StrEnum):
    """How far a learner is with a quiz or an assignment."""

    OPEN = "open"
    STARTED = "started"
    WAITING = "waiting"
    RETURNED = "returned"
    FAILED = "failed"
    DONE = "done"


def quiz_step(*, has_open_attempt: bool, submitted: int, is_passed: bool) -> StepState:
    """How far a learner is with a quiz: a passed attempt counts for good, whatever was tried before or after."""
    if is_passed:
        return StepState.DONE
    if has_open_attempt:
        return StepState.STARTED
    return StepState.FAILED if submitted else StepState.OPEN


_ASSIGNMENT_STEPS: dict[SubmissionState, StepState] = {
    SubmissionState.DRAFT: StepState.STARTED,
    SubmissionState.SUBMITTED: StepState.WAITING,
    SubmissionState.RETURNED: StepState.RETURNED,
    SubmissionState.ACCEPTED: StepState.DONE,
}


def assignment_step(states: Sequence[SubmissionState]) -> StepState:
    """How far a learner is with an assignment; `states` of its versions, oldest first."""
    if not states:
        return StepState.OPEN
    return StepState.DONE if SubmissionState.ACCEPTED in states else _ASSIGNMENT_STEPS[states[-1]]


@dataclass(frozen=True)
class ModuleWork:
    """What a module demands and how far the learner is. None: the module has no quiz, or no assignment."""

    module_code: str
    quiz: StepState | None
    assignment: StepState | None
    counts: bool = True


@dataclass(frozen=True)
class Standing:
    """All that counts for a level, and what of it is done."""

    quizzes_demanded: int
    quizzes_passed: int
    assignments_demanded: int
    assignments_accepted: int

    @property
    def is_complete(self) -> bool:
        """Everything that counts is done; a level that demands nothing is never complete by itself."""
        demanded = self.quizzes_demanded + self.assignments_demanded
        return demanded > 0 and demanded == self.quizzes_passed + self.assignments_accepted

    @property
    def percent(self) -> int:
        """Share of what counts that is done, in whole percent, rounded down."""
        demanded = self.quizzes_demanded + self.assignments_demanded
        return 100 * (self.quizzes_passed + self.assignments_accepted) // demanded if demanded else 0


class ResultChange(StrEnum):
    """What a deciding fact does to the result of a level."""

    NONE = "none"
    PASSED = "passed"
    REOPENED = "reopened"


def stand(work: Iterable[ModuleWork]) -> Standing:
    """Count what is demanded and what is done in the modules that count."""
    counted = [module for module in work if module.counts]
    quizzes = [module.quiz for module in counted if module.quiz is not None]
    assignments = [module.assignment for module in counted if module.assignment is not None]
    return Standing(
        quizzes_demanded=len(quizzes),
        quizzes_passed=quizzes.count(StepState.DONE),
        assignments_demanded=len(assignments),
        assignments_accepted=assignments.count(StepState.DONE),
    )


def decide(standing: Standing, *, was_passed: bool) -> ResultChange:
    """Passed and reopened follow each other strictly, whatever the number of deciding facts."""
    if standing.is_complete == was_passed:
        return ResultChange.NONE
    return ResultChange.PASSED if standing.is_complete else ResultChange.REOPENED
