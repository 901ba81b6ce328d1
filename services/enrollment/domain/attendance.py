"""Attendance: marks of a session, and when what the level demands has been attended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil

from services.enrollment.domain.errors import AttendanceTooEarly
from shared.kernel.clock import programme_date


class MarkState(StrEnum):
    """How a person's presence in one session was noted."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"  # absent with a reason: no units, but nobody needs to ask


@dataclass(frozen=True)
class Standing:
    """What a person has attended of what the level offers, in teaching units of 45 minutes."""

    units_attended: int
    units_offered: int
    units_required: int

    @property
    def is_complete(self) -> bool:
        """Whether the person has attended what the level demands."""
        return self.units_attended >= self.units_required

    @property
    def units_missing(self) -> int:
        """Units that are still to be attended."""
        return max(0, self.units_required - self.units_attended)


def units_of(state: MarkState, session_units: int) -> int:
    """The units that a mark is worth: those of the session for somebody who was there, none otherwise."""
    return session_units if state is MarkState.PRESENT else 0


def standing(units: Iterable[int], *, units_offered: int, threshold_percent: int) -> Standing:
    """The standing from the units of all marks. The threshold is a share of the level's units, rounded up."""
    return Standing(sum(units), units_offered, ceil(units_offered * threshold_percent / 100))


def check_markable(*, starts_at: datetime, now: datetime) -> None:
    """Marks are set from the day of the session on, never in advance. Raises AttendanceTooEarly."""
    if programme_date(now) < programme_date(starts_at):
        raise AttendanceTooEarly(session_on=programme_date(starts_at))


def is_markable(*, starts_at: datetime, now: datetime) -> bool:
    """Whether `check_markable` would pass; for showing or hiding the buttons."""
    return programme_date(now) >= programme_date(starts_at)
