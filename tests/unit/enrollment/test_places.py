"""Who gets a seat, who waits, and in which order."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enrollment.domain.places import (
    PLACE_TRANSITIONS,
    SEATED_STATES,
    PlaceState,
    Seats,
    Waiting,
    WaitingReason,
    decide_request,
    left_state,
    next_in_line,
    offer_deadline,
    waiting_order,
)
from shared.kernel.errors import TransitionRefused

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
RED, BLUE = UUID(int=1), UUID(int=2)


def entry(number: int, association_id: UUID | None) -> Waiting:
    return Waiting(UUID(int=100 + number), association_id, NOON + timedelta(minutes=number))


def seats(capacity: int = 5, per_association: int = 2, **taken: int) -> Seats:
    by_association = {{"red": RED, "blue": BLUE}[name]: number for name, number in taken.items()}
    return Seats(capacity, sum(taken.values()), per_association, by_association)


def test_a_free_seat_without_a_list_is_confirmed_at_once() -> None:
    assert decide_request(entry(1, RED), waiting=[], seats=seats(red=1)) is PlaceState.CONFIRMED


def test_a_full_run_puts_the_person_on_the_list() -> None:
    assert decide_request(entry(1, RED), waiting=[], seats=seats(capacity=2, blue=2)) is PlaceState.WAITING


def test_a_free_seat_does_not_go_past_somebody_who_comes_first() -> None:
    waiting = [entry(1, BLUE)]
    assert decide_request(entry(2, None), waiting=waiting, seats=seats(red=1)) is PlaceState.WAITING


def test_an_association_at_its_limit_waits_although_seats_are_free() -> None:
    assert decide_request(entry(1, RED), waiting=[], seats=seats(red=2)) is PlaceState.WAITING


def test_people_blocked_by_their_associations_limit_hold_up_nobody_else() -> None:
    waiting = [entry(1, RED)]
    assert decide_request(entry(2, BLUE), waiting=waiting, seats=seats(red=2)) is PlaceState.CONFIRMED


def test_a_first_seat_comes_before_a_second_one() -> None:
    waiting = [entry(1, RED), entry(2, BLUE)]
    assert next_in_line(waiting, seats(red=1)) == waiting[1]


def test_the_list_is_shown_as_it_would_be_served() -> None:
    waiting = [entry(1, RED), entry(2, BLUE), entry(3, BLUE), entry(4, RED)]
    turns = waiting_order(waiting, seats(red=1))
    assert [(turn.place_id, turn.position) for turn in turns] == [
        (waiting[1].place_id, 1),
        (waiting[0].place_id, 2),
        (waiting[2].place_id, 3),
        (waiting[3].place_id, None),
    ]
    assert turns[0].reason is WaitingReason.RUN_FULL
    assert turns[1].reason is WaitingReason.ASSOCIATION_HAS_SEATS
    assert turns[3].reason is WaitingReason.ASSOCIATION_AT_LIMIT


def test_somebody_without_an_association_counts_alone() -> None:
    waiting = [entry(1, RED), entry(2, None), entry(3, None)]
    assert [turn.place_id for turn in waiting_order(waiting, seats(red=1))] == [
        waiting[1].place_id,
        waiting[2].place_id,
        waiting[0].place_id,
    ]


def test_no_offer_goes_out_once_the_answer_window_reaches_into_the_course() -> None:
    assert offer_deadline(now=NOON, starts_at=NOON + timedelta(hours=47), answer_hours=48) is None
    assert offer_deadline(now=NOON, starts_at=NOON + timedelta(hours=48), answer_hours=48) == NOON + timedelta(hours=48)


@pytest.mark.parametrize("state", [PlaceState.RELEASED, PlaceState.LAPSED, PlaceState.COMPLETED])
def test_what_has_ended_cannot_be_left(state: PlaceState) -> None:
    with pytest.raises(TransitionRefused):
        left_state(state)


class Run:
    """A run as the operations would move it, kept in memory: the same decisions, no database."""

    def __init__(self, capacity: int, per_association: int) -> None:
        self.capacity, self.per_association = capacity, per_association
        self.states: list[PlaceState] = []
        self.associations: list[UUID | None] = []

    def seats(self) -> Seats:
        taken = [a for a, state in zip(self.associations, self.states, strict=True) if state in SEATED_STATES]
        by_association = {association: taken.count(association) for association in taken if association}
        return Seats(self.capacity, len(taken), self.per_association, by_association)

    def waiting(self) -> list[Waiting]:
        return [
            entry(number, self.associations[number])
            for number, state in enumerate(self.states)
            if state is PlaceState.WAITING
        ]

    def request(self, association_id: UUID | None) -> None:
        request = entry(len(self.states), association_id)
        self.states.append(decide_request(request, waiting=self.waiting(), seats=self.seats()))
        self.associations.append(association_id)

    def move(self, number: int, to: PlaceState) -> None:
        if self.states and PLACE_TRANSITIONS.allows(self.states[number % len(self.states)], to):
            self.states[number % len(self.states)] = to
            self.offer()

    def leave(self, number: int) -> None:
        if self.states and self.states[number % len(self.states)] in (*SEATED_STATES, PlaceState.WAITING):
            current = self.states[number % len(self.states)]
            if current is not PlaceState.COMPLETED:
                self.states[number % len(self.states)] = left_state(current)
                self.offer()

    def offer(self) -> None:
        while self.seats().free > 0 and (turn := next_in_line(self.waiting(), self.seats())):
            self.states[turn.place_id.int - 100] = PlaceState.OFFERED


steps = st.lists(
    st.one_of(
        st.tuples(st.just("request"), st.sampled_from([None, RED, BLUE])),
        st.tuples(st.just("leave"), st.integers(0, 30)),
        st.tuples(st.just("accept"), st.integers(0, 30)),
        st.tuples(st.just("lapse"), st.integers(0, 30)),
        st.tuples(st.just("complete"), st.integers(0, 30)),
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(capacity=st.integers(1, 6), per_association=st.integers(1, 3), steps=steps)
def test_after_any_sequence_free_held_and_confirmed_seats_are_the_capacity(
    capacity: int, per_association: int, steps: list[tuple[str, Any]]
) -> None:
    run = Run(capacity, per_association)
    for name, value in steps:
        match name, value:
            case "request", association_id:
                run.request(association_id)
            case "leave", int(number):
                run.leave(number)
            case "accept", int(number) if run.states:
                if run.states[number % len(run.states)] is PlaceState.OFFERED:
                    run.move(number, PlaceState.CONFIRMED)
            case "lapse", int(number):
                run.move(number, PlaceState.LAPSED)
            case "complete", int(number):
                run.move(number, PlaceState.COMPLETED)
        held = run.states.count(PlaceState.OFFERED)
        firm = run.states.count(PlaceState.CONFIRMED) + run.states.count(PlaceState.COMPLETED)
        assert run.seats().free + held + firm == capacity
        assert run.seats().free >= 0
        assert all(number <= per_association for number in run.seats().by_association.values())
        assert run.seats().free == 0 or next_in_line(run.waiting(), run.seats()) is None
