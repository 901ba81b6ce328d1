"""Course runs: one level, held once, at one place, by one carrier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from services.enrollment.domain.errors import (
    CapacityBelowSeats,
    RegistrationClosed,
    RegistrationClosesTooLate,
    RunEndsBeforeStart,
    RunIsOver,
    RunLacksModules,
    RunLacksSessions,
    RunLacksVenue,
    RunNotOpen,
    SessionEndsBeforeStart,
    SessionOutsideRun,
    SessionsOverlap,
)
from shared.kernel.clock import PROGRAMME_ZONE, programme_date
from shared.kernel.transitions import Transitions

#: Registration closes with the end of its last day.
_END_OF_DAY = time(23, 59, 59)


def instant_of(on: date, at: time) -> datetime:
    """A date and a time on the clocks of the programme, as an instant."""
    return datetime.combine(on, at, PROGRAMME_ZONE).astimezone(UTC)


def end_of_day(on: date) -> datetime:
    """The last second of a calendar day of the programme."""
    return instant_of(on, _END_OF_DAY)


class RunState(StrEnum):
    """Where a run stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


#: States that the public may see.
PUBLIC_STATES = frozenset({RunState.PUBLISHED, RunState.RUNNING, RunState.FINISHED, RunState.CANCELLED})

#: States in which registration counts by its date alone.
_OPEN_STATES = frozenset({RunState.PUBLISHED, RunState.RUNNING})

RUN_TRANSITIONS = Transitions(
    "run",
    {
        RunState.DRAFT: frozenset({RunState.PUBLISHED, RunState.CANCELLED}),
        RunState.PUBLISHED: frozenset({RunState.RUNNING, RunState.CANCELLED}),
        RunState.RUNNING: frozenset({RunState.FINISHED, RunState.CANCELLED}),
        RunState.FINISHED: frozenset(),
        RunState.CANCELLED: frozenset(),
    },
)


@dataclass(frozen=True)
class SessionPlan:
    """One dated workshop of a run."""

    module_code: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class RunPlan:
    """What must fit together before a run may be shown to the public."""

    starts_on: date
    ends_on: date
    registration_closes_at: datetime
    has_venue: bool
    sessions: Sequence[SessionPlan]


def check_dates(*, starts_on: date, ends_on: date, registration_closes_at: datetime) -> None:
    """The dates of a run by themselves. Raises RunEndsBeforeStart or RegistrationClosesTooLate."""
    if ends_on < starts_on:
        raise RunEndsBeforeStart
    if programme_date(registration_closes_at) > starts_on:
        raise RegistrationClosesTooLate(starts_on=starts_on)


def check_changeable(state: RunState) -> None:
    """Pass while the plan of a run may be changed. Raises RunIsOver."""
    if state in (RunState.FINISHED, RunState.CANCELLED):
        raise RunIsOver


def check_capacity(*, capacity: int, seats_taken: int) -> None:
    """A run cannot shrink below the seats that are given out. Raises CapacityBelowSeats."""
    if capacity < seats_taken:
        raise CapacityBelowSeats(seats_taken=seats_taken)


def check_publishable(plan: RunPlan, *, module_codes: Sequence[str]) -> None:
    """Pass if people can rely on the run: a venue, and a session for every module of the level, in good order.

    Raises RunLacksVenue, RunLacksSessions, RunLacksModules, or what `check_dates` and `check_sessions` raise.
    """
    check_dates(starts_on=plan.starts_on, ends_on=plan.ends_on, registration_closes_at=plan.registration_closes_at)
    if not plan.has_venue:
        raise RunLacksVenue
    if not plan.sessions:
        raise RunLacksSessions
    planned = {session.module_code for session in plan.sessions}
    if missing := [code for code in module_codes if code not in planned]:
        raise RunLacksModules(count=len(missing))
    check_sessions(plan)


def check_sessions(plan: RunPlan) -> None:
    """Sessions lie within the run, end after they begin, and none begins before the one before has ended."""
    ordered = sorted(plan.sessions, key=lambda session: session.starts_at)
    for session in ordered:
        if session.ends_at <= session.starts_at:
            raise SessionEndsBeforeStart
        if not plan.starts_on <= programme_date(session.starts_at) <= plan.ends_on:
            raise SessionOutsideRun(session_on=programme_date(session.starts_at))
    for before, after in pairwise(ordered):
        if after.starts_at < before.ends_at:
            raise SessionsOverlap(session_on=programme_date(after.starts_at))


#: Changes within this time of each other are told in one letter: dates are moved one by one.
CHANGE_LETTER_PAUSE = timedelta(minutes=30)


def change_letter_due_at(*, state: RunState, now: datetime) -> datetime | None:
    """When to tell people of a change of dates or place that is made now; None where the run is not open to them."""
    return now + CHANGE_LETTER_PAUSE if state in _OPEN_STATES else None


def check_registration_open(*, state: RunState, registration_closes_at: datetime, now: datetime) -> None:
    """Pass while people may ask for a place. Raises RunNotOpen or RegistrationClosed.

    Registration may last to the end of the first day, on which the run is under way already: people join at the door.
    """
    if state not in _OPEN_STATES:
        raise RunNotOpen(state=state.value)
    if now >= registration_closes_at:
        raise RegistrationClosed(closed_on=programme_date(registration_closes_at))


def is_registration_open(*, state: RunState, registration_closes_at: datetime, now: datetime) -> bool:
    """Whether `check_registration_open` would pass; for showing or hiding a button."""
    return state in _OPEN_STATES and now < registration_closes_at


def state_by_date(*, state: RunState, starts_on: date, ends_on: date, today: date) -> RunState:
    """The state that the calendar asks for: a published run starts on its first day, a running one ends after its last.

    One step at a time, so that every change is recorded and told.
    """
    if state is RunState.PUBLISHED and today >= starts_on:
        return RunState.RUNNING
    if state is RunState.RUNNING and today > ends_on:
        return RunState.FINISHED
    return state
