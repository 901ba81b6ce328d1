"""Geometry of the charts: numbers in, coordinates out. The drawing is a template, the colours are the stylesheet's.

Coordinates are in the units of each drawing's viewBox, rounded to two places so that pages stay small.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[str, float]

#: Steps a readable scale may have, times a power of ten.
_NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Bar:
    """One horizontal bar: `y` is its upper edge, `length` its extent along the scale."""

    label: str
    value: float
    y: float
    length: float


@dataclass(frozen=True)
class Dot:
    """One point of a line."""

    label: str
    value: float
    x: float
    y: float


@dataclass(frozen=True)
class Tick:
    """One mark of a scale at `position`."""

    value: float
    position: float


@dataclass(frozen=True)
class Line:
    """A line chart: its points, the path through them, the path of the area below, and its scale."""

    dots: tuple[Dot, ...]
    path: str
    area: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Slice:
    """One part of a ring: `dash` of the circumference is drawn from `offset` on. `share` is between 0 and 1."""

    label: str
    value: float
    share: float
    dash: float
    offset: float


def nice_ceiling(highest: float, *, steps: int = 4) -> float:
    """The smallest round number at or above `highest` in `steps` readable steps; steps of 1 for zero."""
    if highest <= 0:
        return float(steps)
    raw = highest / steps
    power = 10 ** math.floor(math.log10(raw))
    step = next(nice * power for nice in _NICE if nice * power >= raw - 1e-9)
    if highest >= 1:
        # What is counted in wholes gets marks at wholes.
        step = math.ceil(step - 1e-9)
    return round(step * steps, 6)


def bars(items: Sequence[Point], *, width: float, row: float) -> tuple[Bar, ...]:
    """Horizontal bars on a common scale from zero; negative numbers count as zero."""
    top = nice_ceiling(max((value for _, value in items), default=0))
    return tuple(
        Bar(label, value, round(index * row, 2), round(max(value, 0) / top * width, 2))
        for index, (label, value) in enumerate(items)
    )


def line(items: Sequence[Point], *, width: float, height: float, steps: int = 4) -> Line:
    """A line from left to right on a scale from zero; a single point stands in the middle."""
    top = nice_ceiling(max((value for _, value in items), default=0), steps=steps)
    gap = width / (len(items) - 1) if len(items) > 1 else 0
    dots = tuple(
        Dot(
            label,
            value,
            round(index * gap if len(items) > 1 else width / 2, 2),
            round(height - max(value, 0) / top * height, 2),
        )
        for index, (label, value) in enumerate(items)
    )
    path = " ".join(f"{'M' if index == 0 else 'L'}{dot.x:g} {dot.y:g}" for index, dot in enumerate(dots))
    area = f"{path} L{dots[-1].x:g} {height:g} L{dots[0].x:g} {height:g} Z" if dots else ""
    ticks = tuple(Tick(top / steps * n, round(height - height / steps * n, 2)) for n in range(steps + 1))
    return Line(dots, path, area, ticks)


def slices(items: Sequence[Point], *, circumference: float) -> tuple[Slice, ...]:
    """Parts of a ring in order; an empty whole gives no parts."""
    total = sum(max(value, 0) for _, value in items)
    if total <= 0:
        return ()
    parts, done = [], 0.0
    for label, value in items:
        share = max(value, 0) / total
        parts.append(
            Slice(label, value, share, round(share * circumference, 2), round(-done * circumference, 2)),
        )
        done += share
    return tuple(parts)


def share_of(value: float, maximum: float) -> float:
    """A share between 0 and 1; 0 of 0 is 0."""
    return min(max(value / maximum, 0), 1) if maximum > 0 else 0
