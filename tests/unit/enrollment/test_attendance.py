"""What attendance is worth, and when it is enough."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.attendance import MarkState, check_markable, standing, units_of
from services.enrollment.domain.errors import AttendanceTooEarly


def test_only_presence_is_worth_units() -> None:
    assert [units_of(state, 8) for state in MarkState] == [8, 0, 0]


@pytest.mark.parametrize(("attended", "is_complete", "missing"), [(38, False, 1), (39, True, 0), (48, True, 0)])
def test_the_threshold_is_rounded_up(attended: int, is_complete: bool, missing: int) -> None:
    result = standing([attended], units_offered=48, threshold_percent=80)
    assert (result.units_required, result.is_complete, result.units_missing) == (39, is_complete, missing)


@given(units=st.lists(st.integers(0, 16)), offered=st.integers(1, 100), percent=st.integers(1, 100))
def test_nothing_is_missing_exactly_when_it_is_complete(units: list[int], offered: int, percent: int) -> None:
    result = standing(units, units_offered=offered, threshold_percent=percent)
    assert result.is_complete == (result.units_missing == 0)


def test_marks_are_set_from_the_day_of_the_session_on_by_the_programmes_calendar() -> None:
    starts_at = datetime(2026, 7, 4, 8, tzinfo=UTC)
    check_markable(starts_at=starts_at, now=datetime(2026, 7, 3, 22, 0, tzinfo=UTC))  # Midnight in Berlin.
    with pytest.raises(AttendanceTooEarly):
        check_markable(starts_at=starts_at, now=datetime(2026, 7, 3, 21, 59, tzinfo=UTC))
