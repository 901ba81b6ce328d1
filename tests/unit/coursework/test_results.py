"""When a level is complete, and what a deciding fact does to it."""

from hypothesis import given
from hypothesis import strategies as st

from services.coursework.domain.results import (
    ModuleWork,
    ResultChange,
    StepState,
    assignment_step,
    decide,
    quiz_step,
    stand,
)
from services.coursework.domain.submissions import SubmissionState

steps = st.none() | st.sampled_from(StepState)
works = st.lists(
    st.builds(ModuleWork, module_code=st.just("m"), quiz=steps, assignment=steps, counts=st.booleans()), max_size=6
)


@given(work=works)
def test_a_level_is_complete_exactly_when_everything_that_counts_is_done(work: list[ModuleWork]) -> None:
    demanded = [s for module in work if module.counts for s in (module.quiz, module.assignment) if s is not None]
    assert stand(work).is_complete == (bool(demanded) and all(step is StepState.DONE for step in demanded))
    assert 0 <= stand(work).percent <= 100


@given(sheets=st.lists(works, max_size=10))
def test_passed_and_reopened_follow_each_other_strictly(sheets: list[list[ModuleWork]]) -> None:
    was_passed, changes = False, []
    for work in sheets:
        change = decide(stand(work), was_passed=was_passed)
        if change is not ResultChange.NONE:
            changes.append(change)
            was_passed = change is ResultChange.PASSED
        assert was_passed == stand(work).is_complete
    expected = [ResultChange.PASSED, ResultChange.REOPENED] * len(changes)
    assert changes == expected[: len(changes)]


def test_a_passed_quiz_stays_done_whatever_is_tried_afterwards() -> None:
    assert quiz_step(has_open_attempt=True, submitted=3, is_passed=True) is StepState.DONE
    assert quiz_step(has_open_attempt=True, submitted=1, is_passed=False) is StepState.STARTED
    assert quiz_step(has_open_attempt=False, submitted=1, is_passed=False) is StepState.FAILED
    assert quiz_step(has_open_attempt=False, submitted=0, is_passed=False) is StepState.OPEN


def test_an_assignment_stands_where_its_last_version_stands_and_accepted_counts_for_good() -> None:
    returned, draft = SubmissionState.RETURNED, SubmissionState.DRAFT
    assert assignment_step([]) is StepState.OPEN
    assert assignment_step([returned]) is StepState.RETURNED
    assert assignment_step([returned, draft]) is StepState.STARTED
    assert assignment_step([returned, SubmissionState.SUBMITTED]) is StepState.WAITING
    assert assignment_step([returned, SubmissionState.ACCEPTED]) is StepState.DONE
