"""The map of the registers: the five regions of the programme, and where the larger towns lie.

Outlines are drawn by hand in a few dozen points, for orientation only; they show no border to the metre. Towns are
points of longitude and latitude, in degrees, rounded to two places (about one kilometre).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]

#: Region code -> name, from north to south.
REGIONS = {
    "rhein-neckar": "Rhein-Neckar",
    "heilbronn": "Heilbronn",
    "neckar-alb": "Neckar-Alb",
    "freiburg": "Freiburg",
    "bodensee-oberschwaben": "Bodensee-Oberschwaben",
}

#: The state, clockwise from the Rhine at Mannheim.
OUTLINE: tuple[Point, ...] = (
    (8.42, 49.58), (8.64, 49.61), (8.84, 49.49), (8.86, 49.40), (9.06, 49.50), (9.15, 49.58), (9.36, 49.64),
    (9.30, 49.75), (9.52, 49.79), (9.66, 49.72), (9.82, 49.65), (9.93, 49.50), (10.10, 49.53), (10.12, 49.39),
    (10.08, 49.22), (10.25, 49.10), (10.25, 48.99), (10.41, 48.98), (10.47, 48.86), (10.49, 48.70), (10.28, 48.52),
    (10.13, 48.46), (10.03, 48.38), (10.09, 48.16), (10.11, 47.99), (10.10, 47.82), (10.12, 47.67), (9.97, 47.63),
    (9.84, 47.67), (9.60, 47.58), (9.48, 47.64), (9.27, 47.69), (9.06, 47.81), (9.19, 47.67), (8.96, 47.70),
    (8.87, 47.65), (8.74, 47.71), (8.61, 47.79), (8.43, 47.70), (8.44, 47.58), (8.22, 47.61), (8.05, 47.56),
    (7.79, 47.56), (7.61, 47.58), (7.52, 47.67), (7.55, 47.88), (7.58, 48.04), (7.70, 48.23), (7.80, 48.49),
    (7.81, 48.60), (7.97, 48.74), (8.12, 48.87), (8.23, 48.98), (8.36, 49.12), (8.42, 49.26), (8.49, 49.34),
    (8.46, 49.45),
)  # fmt: skip

#: Region code -> its outline. Between them lie parts of the state that belong to none of the five.
AREAS: dict[str, tuple[Point, ...]] = {
    "rhein-neckar": (
        (8.42, 49.58), (8.64, 49.61), (8.84, 49.49), (8.86, 49.40), (9.06, 49.50), (9.15, 49.58), (9.36, 49.64),
        (9.50, 49.56), (9.47, 49.40), (9.22, 49.27), (9.00, 49.18), (8.70, 49.19), (8.46, 49.24), (8.49, 49.34),
        (8.46, 49.45),
    ),
    "heilbronn": (
        (9.36, 49.64), (9.30, 49.75), (9.52, 49.79), (9.66, 49.72), (9.82, 49.65), (9.93, 49.50), (10.10, 49.53),
        (10.12, 49.39), (10.08, 49.22), (10.25, 49.10), (10.12, 49.03), (9.90, 48.95), (9.66, 48.99), (9.46, 49.06),
        (9.20, 49.01), (8.98, 49.02), (8.86, 49.10), (9.00, 49.18), (9.22, 49.27), (9.47, 49.40), (9.50, 49.56),
    ),
    "neckar-alb": (
        (8.76, 48.42), (8.84, 48.55), (9.02, 48.60), (9.26, 48.60), (9.44, 48.53), (9.58, 48.38), (9.53, 48.26),
        (9.38, 48.20), (9.20, 48.14), (8.98, 48.07), (8.78, 48.13), (8.68, 48.24), (8.66, 48.34),
    ),
    "freiburg": (
        (7.81, 48.60), (7.97, 48.74), (8.08, 48.68), (8.24, 48.55), (8.30, 48.38), (8.24, 48.22), (8.42, 48.19),
        (8.60, 48.13), (8.72, 48.00), (8.66, 47.86), (8.61, 47.79), (8.43, 47.70), (8.44, 47.58), (8.22, 47.61),
        (8.05, 47.56), (7.79, 47.56), (7.61, 47.58), (7.52, 47.67), (7.55, 47.88), (7.58, 48.04), (7.70, 48.23),
        (7.80, 48.49),
    ),
    "bodensee-oberschwaben": (
        (8.66, 47.86), (8.72, 48.00), (8.88, 48.04), (8.98, 48.07), (9.20, 48.14), (9.38, 48.20), (9.53, 48.26),
        (9.74, 48.27), (9.92, 48.24), (10.09, 48.16), (10.11, 47.99), (10.10, 47.82), (10.12, 47.67), (9.97, 47.63),
        (9.84, 47.67), (9.60, 47.58), (9.48, 47.64), (9.27, 47.69), (9.06, 47.81), (9.19, 47.67), (8.96, 47.70),
        (8.87, 47.65), (8.74, 47.71), (8.61, 47.79),
    ),
}  # fmt: skip

#: Town -> longitude and latitude.
TOWNS: dict[str, Point] = {
    "Aalen": (10.09, 48.84), "Albstadt": (9.02, 48.21), "Baden-Baden": (8.24, 48.76), "Balingen": (8.85, 48.27),
    "Biberach an der Riß": (9.79, 48.10), "Bietigheim-Bissingen": (9.12, 48.95), "Böblingen": (9.01, 48.69),
    "Bruchsal": (8.60, 49.12), "Crailsheim": (10.07, 49.14), "Emmendingen": (7.85, 48.12),
    "Esslingen am Neckar": (9.31, 48.74), "Fellbach": (9.28, 48.81), "Freiburg im Breisgau": (7.85, 48.00),
    "Freudenstadt": (8.41, 48.46), "Friedrichshafen": (9.48, 47.65), "Göppingen": (9.65, 48.70),
    "Heidelberg": (8.69, 49.41), "Heidenheim an der Brenz": (10.15, 48.68), "Heilbronn": (9.22, 49.14),
    "Kehl": (7.81, 48.57), "Karlsruhe": (8.40, 49.01), "Kirchheim unter Teck": (9.45, 48.65), "Konstanz": (9.18, 47.66),
    "Künzelsau": (9.69, 49.28), "Lahr": (7.87, 48.34), "Leonberg": (9.01, 48.80), "Lörrach": (7.66, 47.61),
    "Ludwigsburg": (9.19, 48.90), "Mannheim": (8.47, 49.49), "Metzingen": (9.28, 48.54), "Mosbach": (9.15, 49.35),
    "Neckarsulm": (9.22, 49.19), "Nürtingen": (9.34, 48.63), "Offenburg": (7.94, 48.47), "Öhringen": (9.50, 49.20),
    "Pforzheim": (8.70, 48.89), "Rastatt": (8.21, 48.86), "Ravensburg": (9.61, 47.78), "Reutlingen": (9.20, 48.49),
    "Rottenburg am Neckar": (8.93, 48.48), "Rottweil": (8.63, 48.17), "Schwäbisch Gmünd": (9.80, 48.80),
    "Schwäbisch Hall": (9.74, 49.11), "Schwetzingen": (8.57, 49.38), "Sigmaringen": (9.22, 48.09),
    "Sindelfingen": (9.00, 48.71), "Singen": (8.84, 47.76), "Sinsheim": (8.88, 49.25), "Stuttgart": (9.18, 48.78),
    "Tübingen": (9.06, 48.52), "Tuttlingen": (8.82, 47.98), "Überlingen": (9.16, 47.77), "Ulm": (9.99, 48.40),
    "Villingen-Schwenningen": (8.46, 48.06), "Waiblingen": (9.32, 48.83), "Waldshut-Tiengen": (8.22, 47.62),
    "Wangen im Allgäu": (9.83, 47.69), "Weingarten": (9.64, 47.81), "Weinheim": (8.67, 49.55),
    "Wertheim": (9.51, 49.76),
}  # fmt: skip

#: The drawing's size, in its own units.
WIDTH, HEIGHT = 400, 460
_WEST, _NORTH = 7.42, 49.85
_UNITS_PER_DEGREE = 192.0
#: How much shorter a degree of longitude is than one of latitude, in the middle of the state.
_SHORTENING = math.cos(math.radians(48.7))


@dataclass(frozen=True)
class Spot:
    """A town on the drawing."""

    town: str
    x: float
    y: float


def region_name(code: str) -> str:
    """The name of a region; its code where it is none of the five."""
    return REGIONS.get(code, code)


def spot_of(town: str) -> Spot | None:
    """Where a town lies on the drawing, or None where it is not known."""
    point = TOWNS.get(town)
    return None if point is None else Spot(town, *_place(point))


def outline_path() -> str:
    """The state as an SVG path."""
    return _path(OUTLINE)


def area_path(region_code: str) -> str:
    """A region as an SVG path."""
    return _path(AREAS[region_code])


def area_centre(region_code: str) -> tuple[float, float]:
    """Where the name of a region stands."""
    places = [_place(point) for point in AREAS[region_code]]
    return round(sum(x for x, _ in places) / len(places), 1), round(sum(y for _, y in places) / len(places), 1)


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in map(_place, points)) + "Z"


def _place(point: Point) -> Point:
    longitude, latitude = point
    return (
        round((longitude - _WEST) * _SHORTENING * _UNITS_PER_DEGREE, 1),
        round((_NORTH - latitude) * _UNITS_PER_DEGREE, 1),
    )
