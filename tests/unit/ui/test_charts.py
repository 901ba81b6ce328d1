"""Geometry of the charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ui import charts

AMOUNTS = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("highest", "ceiling"), [(0, 4), (3, 4), (4, 4), (7, 8), (10, 12), (48, 60), (99, 100), (1234, 1600), (0.3, 0.32)]
)
def test_a_scale_ends_at_a_round_number(highest: float, ceiling: float) -> None:
    assert charts.nice_ceiling(highest) == pytest.approx(ceiling)


@given(AMOUNTS)
def test_no_bar_leaves_the_drawing(amounts: list[int]) -> None:
    bars = charts.bars([(str(n), n) for n in amounts], width=100, row=10)
    assert all(0 <= bar.length <= 100 for bar in bars)
    assert [bar.value for bar in bars] == amounts


@given(AMOUNTS)
def test_a_line_stays_between_the_axes(amounts: list[int]) -> None:
    line = charts.line([(str(n), n) for n in amounts], width=320, height=120)
    assert all(0 <= dot.x <= 320 and 0 <= dot.y <= 120 for dot in line.dots)
    assert line.path.startswith("M")
    assert line.ticks[0].position == 120
    assert line.ticks[-1].position == 0


def test_a_single_measurement_stands_in_the_middle() -> None:
    assert charts.line([("June", 5)], width=320, height=120).dots[0].x == 160


def test_a_negative_number_is_drawn_as_nothing() -> None:
    assert charts.bars([("a", -3), ("b", 4)], width=100, row=10)[0].length == 0


@given(AMOUNTS.filter(any))
def test_parts_of_a_ring_make_the_whole(amounts: list[int]) -> None:
    parts = charts.slices([(str(n), n) for n in amounts], circumference=100)
    assert sum(part.share for part in parts) == pytest.approx(1)
    assert sum(part.dash for part in parts) == pytest.approx(100, abs=0.1)


def test_nothing_counted_draws_no_ring() -> None:
    assert charts.slices([("passed", 0), ("failed", 0)], circumference=100) == ()


@pytest.mark.parametrize(("value", "maximum", "share"), [(12, 48, 0.25), (60, 48, 1), (-1, 48, 0), (0, 0, 0)])
def test_a_share_lies_between_nothing_and_all(value: float, maximum: float, share: float) -> None:
    assert charts.share_of(value, maximum) == share
