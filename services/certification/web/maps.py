"""The map of a register, as the component `area_map` wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from services.certification.domain.geography import (
    HEIGHT,
    REGIONS,
    WIDTH,
    area_centre,
    area_path,
    outline_path,
    spot_of,
)


@dataclass(frozen=True)
class RegionMap:
    """The drawing, and the table beside it: (region, address, number, towns with their numbers)."""

    outline: str
    areas: list[dict[str, Any]]
    spots: list[dict[str, Any]]
    width: int
    height: int


def region_map(counts: Mapping[str, int], towns: Sequence[tuple[str, int]], *, current: str) -> RegionMap:
    """The map with how many there are in each region, and points for the towns that it knows."""
    areas = [
        {
            "code": code,
            "label": name,
            "path": area_path(code),
            "x": area_centre(code)[0],
            "y": area_centre(code)[1],
            "count": counts.get(code, 0),
            "href": _address(region="" if code == current else code),
            "is_current": code == current,
        }
        for code, name in REGIONS.items()
    ]
    spots = [
        {"label": town, "x": spot.x, "y": spot.y, "count": count}
        for town, count in towns
        if (spot := spot_of(town)) is not None
    ]
    return RegionMap(outline=outline_path(), areas=areas, spots=spots, width=WIDTH, height=HEIGHT)


def _address(*, region: str) -> str:
    """This page with the filters that it has, but for another region and from its beginning."""
    names = ("search", "language", "topic")
    kept: dict[str, Any] = {name: request.args[name] for name in names if request.args.get(name)}
    if region:
        kept["region"] = region
    return url_for(request.endpoint or "", **kept)
