"""Counting passes over time, from the history of each."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.certification.domain.passes import IN_FORCE, PassState


def month_ends(today: date, *, months: int) -> list[date]:
    """The last days of so many months, the oldest first; the present month counts up to today."""
    ends = [today]
    while len(ends) < months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]


def in_force_on(changes: Iterable[tuple[object, date, PassState]], days: Sequence[date]) -> list[int]:
    """How many passes were in force at the end of each day; changes and days in order of time."""
    states: dict[object, PassState] = {}
    counts: list[int] = []
    remaining = iter(changes)
    waiting = next(remaining, None)
    for day in days:
        while waiting is not None and waiting[1] <= day:
            states[waiting[0]] = waiting[2]
            waiting = next(remaining, None)
        counts.append(sum(state in IN_FORCE for state in states.values()))
    return counts
