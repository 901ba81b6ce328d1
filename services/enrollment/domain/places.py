"""Places: who gets a seat in a run, who waits, and in which order.

The rule of fairness, as everybody may read it: first every association gets a first seat, then the others in the order
of their requests; no association has more than the run's maximum. Somebody without an association counts alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.kernel.transitions import Transitions


class PlaceState(StrEnum):
    """Where a person's place in a run stands."""

    WAITING = "waiting"
    OFFERED = "offered"  # holds a seat until the answer or the deadline
    CONFIRMED = "confirmed"
    COMPLETED = "completed"  # the certificate of the level has arrived
    DECLINED = "declined"  # an offer, by the person
    LAPSED = "lapsed"  # an offer, by time
    WITHDRAWN = "withdrawn"  # from the waiting list
    RELEASED = "released"  # a seat given back or taken away


#: A person has at most one of these in a run.
LIVE_STATES = frozenset({PlaceState.WAITING, PlaceState.OFFERED, PlaceState.CONFIRMED, PlaceState.COMPLETED})
#: These use up a seat.
SEATED_STATES = frozenset({PlaceState.OFFERED, PlaceState.CONFIRMED, PlaceState.COMPLETED})
#: These take part in the course.
ATTENDING_STATES = frozenset({PlaceState.CONFIRMED, PlaceState.COMPLETED})

PLACE_TRANSITIONS = Transitions(
    "place",
    {
        PlaceState.WAITING: frozenset({PlaceState.OFFERED, PlaceState.CONFIRMED, PlaceState.WITHDRAWN}),
        PlaceState.OFFERED: frozenset(
            {PlaceState.CONFIRMED, PlaceState.DECLINED, PlaceState.LAPSED, PlaceState.RELEASED}
        ),
        PlaceState.CONFIRMED: frozenset({PlaceState.RELEASED, PlaceState.COMPLETED}),
        PlaceState.COMPLETED: frozenset(),
        PlaceState.DECLINED: frozenset(),
        PlaceState.LAPSED: frozenset(),
        PlaceState.WITHDRAWN: frozenset(),
        PlaceState.RELEASED: frozenset(),
    },
)

#: What leaving means in each live state.
_LEFT_FROM = {
    PlaceState.WAITING: PlaceState.WITHDRAWN,
    PlaceState.OFFERED: PlaceState.DECLINED,
    PlaceState.CONFIRMED: PlaceState.RELEASED,
}


@dataclass(frozen=True)
class Waiting:
    """Somebody on the waiting list."""

    place_id: UUID
    association_id: UUID | None
    requested_at: datetime


@dataclass(frozen=True)
class Seats:
    """The seats of a run: how many there are, how many are given out (held by offers included), and to whom."""

    capacity: int
    taken: int
    per_association: int
    by_association: Mapping[UUID, int]

    @property
    def free(self) -> int:
        """Seats that nobody has or is offered."""
        return self.capacity - self.taken

    def of(self, association_id: UUID | None) -> int:
        """Seats that one association has; none for somebody without an association, who counts alone."""
        return 0 if association_id is None else self.by_association.get(association_id, 0)

    def is_at_limit(self, association_id: UUID | None) -> bool:
        """Whether the association has as many seats as one may have in this run."""
        return self.of(association_id) >= self.per_association

    def with_one_more(self, association_id: UUID | None) -> "Seats":
        """The seats after one more was given out."""
        by_association = dict(self.by_association)
        if association_id is not None:
            by_association[association_id] = self.of(association_id) + 1
        return Seats(self.capacity, self.taken + 1, self.per_association, by_association)


class WaitingReason(StrEnum):
    """Why somebody waits."""

    RUN_FULL = "run_full"
    ASSOCIATION_HAS_SEATS = "association_has_seats"  # others' first seats come before its next one
    ASSOCIATION_AT_LIMIT = "association_at_limit"


@dataclass(frozen=True)
class Turn:
    """One entry of the waiting list in its order. `position` counts from 1; None: no seat can come as things are."""

    place_id: UUID
    position: int | None
    reason: WaitingReason


def next_in_line(waiting: Sequence[Waiting], seats: Seats) -> Waiting | None:
    """Whose turn it is when a seat is free: associations with fewest seats first, then the earliest request.

    None where everybody's association has its maximum, or nobody waits.
    """
    eligible = [entry for entry in waiting if not seats.is_at_limit(entry.association_id)]
    return min(eligible, key=lambda entry: _rank(entry, seats), default=None)


def _rank(entry: Waiting, seats: Seats) -> tuple[bool, datetime, UUID]:
    return (seats.of(entry.association_id) > 0, entry.requested_at, entry.place_id)


def waiting_order(waiting: Sequence[Waiting], seats: Seats) -> list[Turn]:
    """The list as it would be served, one seat after the other, each seat changing what comes after it."""
    turns: list[Turn] = []
    rest, imagined = list(waiting), seats
    while entry := next_in_line(rest, imagined):
        turns.append(Turn(entry.place_id, len(turns) + 1, _reason(entry, seats)))
        imagined = imagined.with_one_more(entry.association_id)
        rest.remove(entry)
    blocked = sorted(rest, key=lambda entry: (entry.requested_at, entry.place_id))
    return turns + [Turn(entry.place_id, None, WaitingReason.ASSOCIATION_AT_LIMIT) for entry in blocked]


def _reason(entry: Waiting, seats: Seats) -> WaitingReason:
    if seats.of(entry.association_id) > 0:
        return WaitingReason.ASSOCIATION_HAS_SEATS
    return WaitingReason.RUN_FULL


def decide_request(request: Waiting, *, waiting: Sequence[Waiting], seats: Seats) -> PlaceState:
    """Confirmed at once where a seat is free and nobody on the list would come first; on the list otherwise."""
    if seats.free > 0 and next_in_line([*waiting, request], seats) == request:
        return PlaceState.CONFIRMED
    return PlaceState.WAITING


def left_state(current: PlaceState) -> PlaceState:
    """What a place becomes when its person goes. Raises TransitionRefused where nothing is left to leave."""
    return PLACE_TRANSITIONS.check(current, _LEFT_FROM.get(current, PlaceState.RELEASED))


def offer_deadline(*, now: datetime, starts_at: datetime, answer_hours: int) -> datetime | None:
    """Until when an offer made now may be answered; None where the course begins before that.

    No offer goes out later than the start minus the answer window: nobody is offered a seat in a course that has begun.
    """
    deadline = now + timedelta(hours=answer_hours)
    return deadline if deadline <= starts_at else None
