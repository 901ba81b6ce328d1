"""The map: every region is drawn, towns lie inside the state, counting over time is right."""

from datetime import date
from uuid import uuid4

import pytest

from services.certification.domain.geography import (
    AREAS,
    HEIGHT,
    OUTLINE,
    REGIONS,
    TOWNS,
    WIDTH,
    Point,
    area_path,
    outline_path,
    spot_of,
)
from services.certification.domain.pass_statistics import in_force_on, month_ends
from services.certification.domain.passes import PassState
from shared.devkit.demo.associations import REGIONS as DEMO_REGIONS
from shared.devkit.demo.associations import DemoRegion


def is_inside(point: Point, outline: tuple[Point, ...]) -> bool:
    """Counts how often a ray to the east crosses the outline."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def test_every_region_of_the_programme_is_drawn() -> None:
    assert set(REGIONS) == set(AREAS) == {region.code for region in DEMO_REGIONS}
    assert {region.code: region.name for region in DEMO_REGIONS} == REGIONS
    for code in REGIONS:
        assert area_path(code).startswith("M")
    assert outline_path().endswith("Z")


@pytest.mark.parametrize("town", sorted(TOWNS))
def test_every_town_lies_on_the_drawing(town: str) -> None:
    spot = spot_of(town)
    assert spot is not None
    assert 0 < spot.x < WIDTH
    assert 0 < spot.y < HEIGHT


@pytest.mark.parametrize("region", DEMO_REGIONS, ids=lambda region: region.code)
def test_the_towns_of_the_demo_lie_in_their_regions(region: DemoRegion) -> None:
    """Towns on the border water are not asked for: the outline is drawn by hand."""
    on_the_water = {"Konstanz", "Friedrichshafen", "Mannheim"}
    for town in set(region.towns) - on_the_water:
        assert is_inside(TOWNS[town], AREAS[region.code]), town
        assert is_inside(TOWNS[town], OUTLINE), town


def test_an_unknown_town_has_no_place() -> None:
    assert spot_of("Entenhausen") is None


def test_passes_are_counted_at_the_end_of_each_month() -> None:
    days = month_ends(date(2026, 3, 15), months=3)
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]
    one, two = uuid4(), uuid4()
    changes = [
        (one, date(2026, 1, 10), PassState.AWARDED),
        (two, date(2026, 2, 1), PassState.AWARDED),
        (one, date(2026, 2, 2), PassState.GRACE),
        (one, date(2026, 3, 1), PassState.SUSPENDED),
    ]
    assert in_force_on(changes, days) == [1, 2, 1]
