"""When a run may be public, when people may ask for places, and what the calendar asks for."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.enrollment.domain import errors
from services.enrollment.domain.runs import (
    RunPlan,
    RunState,
    SessionPlan,
    check_publishable,
    check_registration_open,
    end_of_day,
    instant_of,
    state_by_date,
)
from shared.kernel.errors import DomainError

FIRST, LAST = date(2026, 10, 24), date(2026, 10, 25)


def session(code: str, on: date, begins: int = 10, ends: int = 17) -> SessionPlan:
    return SessionPlan(code, instant_of(on, time(begins)), instant_of(on, time(ends)))


PLAN = RunPlan(
    starts_on=FIRST,
    ends_on=LAST,
    registration_closes_at=end_of_day(date(2026, 10, 16)),
    has_venue=True,
    sessions=[session("a", FIRST), session("b", LAST)],
)


def test_a_complete_plan_may_be_published() -> None:
    check_publishable(PLAN, module_codes=["a", "b"])


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        (replace(PLAN, has_venue=False), errors.RunLacksVenue),
        (replace(PLAN, sessions=[]), errors.RunLacksSessions),
        (replace(PLAN, sessions=[session("a", FIRST)]), errors.RunLacksModules),
        (replace(PLAN, ends_on=FIRST - timedelta(days=1)), errors.RunEndsBeforeStart),
        (replace(PLAN, registration_closes_at=end_of_day(LAST)), errors.RegistrationClosesTooLate),
        (replace(PLAN, sessions=[session("a", FIRST), session("b", FIRST, 16, 18)]), errors.SessionsOverlap),
        (replace(PLAN, sessions=[session("a", FIRST), session("b", LAST, 17, 10)]), errors.SessionEndsBeforeStart),
        (
            replace(PLAN, sessions=[session("a", FIRST), session("b", LAST + timedelta(days=1))]),
            errors.SessionOutsideRun,
        ),
    ],
)
def test_what_is_missing_keeps_it_a_draft(plan: RunPlan, error: type[DomainError]) -> None:
    with pytest.raises(error):
        check_publishable(plan, module_codes=["a", "b"])


def test_registration_is_open_to_the_last_second_of_its_last_day() -> None:
    closes_at = end_of_day(date(2026, 10, 16))
    check_registration_open(
        state=RunState.PUBLISHED, registration_closes_at=closes_at, now=closes_at - timedelta(seconds=1)
    )
    with pytest.raises(errors.RegistrationClosed):
        check_registration_open(state=RunState.PUBLISHED, registration_closes_at=closes_at, now=closes_at)
    with pytest.raises(errors.RunNotOpen):
        check_registration_open(state=RunState.CANCELLED, registration_closes_at=closes_at, now=closes_at)


def test_people_may_still_join_on_the_first_day_of_a_course_where_registration_lasts_that_long() -> None:
    closes_at = end_of_day(FIRST)
    check_registration_open(
        state=RunState.RUNNING, registration_closes_at=closes_at, now=closes_at - timedelta(hours=5)
    )
    with pytest.raises(errors.RegistrationClosed):
        check_registration_open(state=RunState.RUNNING, registration_closes_at=closes_at, now=closes_at)


def test_dates_are_those_of_the_programmes_clocks_on_both_sides_of_the_change_of_time() -> None:
    assert instant_of(FIRST, time(10)) == datetime(2026, 10, 24, 8, tzinfo=UTC)
    assert instant_of(LAST, time(10)) == datetime(2026, 10, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "today", "wanted"),
    [
        (RunState.PUBLISHED, FIRST - timedelta(days=1), RunState.PUBLISHED),
        (RunState.PUBLISHED, FIRST, RunState.RUNNING),
        (RunState.PUBLISHED, LAST + timedelta(days=9), RunState.RUNNING),
        (RunState.RUNNING, LAST, RunState.RUNNING),
        (RunState.RUNNING, LAST + timedelta(days=1), RunState.FINISHED),
        (RunState.DRAFT, LAST + timedelta(days=1), RunState.DRAFT),
        (RunState.CANCELLED, LAST + timedelta(days=1), RunState.CANCELLED),
    ],
)
def test_the_calendar_takes_one_step_at_a_time(state: RunState, today: date, wanted: RunState) -> None:
    assert state_by_date(state=state, starts_on=FIRST, ends_on=LAST, today=today) is wanted
