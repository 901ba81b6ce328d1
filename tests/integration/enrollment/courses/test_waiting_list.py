"""The waiting list moves up: offers hold a seat, expire, and go on to the next."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.enrollment.domain.errors import AssociationAtLimit, NoSeatFree, OfferLapsed
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from services.enrollment.operations import places, runs, sessions
from services.enrollment.queries import runs as runs_query
from services.enrollment.tasks.runs import advance_runs, lapse_offers
from shared.kernel.actor import SYSTEM, Actor
from shared.kernel.clock import programme_date, utc_now
from tests.support.courses import Courses, letters, messages


def leave(courses: Courses, place_id: UUID) -> None:
    with courses.service.transaction() as session:
        places.leave_place(session, actor=SYSTEM, place_id=place_id, now=utc_now())


def test_an_offer_that_nobody_answers_goes_on_to_the_next(courses: Courses) -> None:
    course = courses.run(capacity=1)
    people = [courses.person(f"Person {number}") for number in range(3)]
    first, second, third = (courses.place(course.run_id, person_id) for person_id in people)
    leave(courses, first)
    later = utc_now() + timedelta(hours=49)
    with courses.service.transaction() as session:
        assert runs_query.list_runs_with_due_offers(session, now=utc_now()) == []
        assert runs_query.list_runs_with_due_offers(session, now=later) == [course.run_id]
        assert places.lapse_due_offers(session, run_id=course.run_id, now=later) == 1
    assert [courses.state(place_id) for place_id in (first, second, third)] == ["released", "lapsed", "offered"]
    with courses.service.transaction() as session:
        assert letters(session, people[1])[-1] == "offer_lapsed"
        assert letters(session, people[2])[-1] == "place_offered"


def test_an_offer_cannot_be_taken_after_its_deadline(courses: Courses) -> None:
    course, person_id = courses.run(capacity=1), courses.person()
    first, second = courses.place(course.run_id, courses.person()), courses.place(course.run_id, person_id)
    leave(courses, first)
    later = utc_now() + timedelta(hours=48, seconds=1)
    with courses.service.transaction() as session, pytest.raises(OfferLapsed):
        places.accept_offer(session, actor=Actor(person_id=person_id), place_id=second, now=later)


def test_nobody_gets_a_seat_from_the_list_by_accepting_what_was_not_offered(courses: Courses) -> None:
    course, person_id = courses.run(capacity=1), courses.person()
    courses.place(course.run_id, courses.person())
    waiting = courses.place(course.run_id, person_id)
    with courses.service.transaction() as session, pytest.raises(NoSeatFree):
        places.accept_offer(session, actor=Actor(person_id=person_id), place_id=waiting, now=utc_now())


def test_first_seats_of_associations_come_before_second_ones(courses: Courses) -> None:
    course = courses.run(capacity=2)
    red, blue = [courses.person(f"Rot {n}") for n in range(2)], courses.person("Blau")
    red_id, blue_id = courses.association(*red), courses.association(blue)
    held = courses.place(course.run_id, courses.person())
    courses.place(course.run_id, red[0], association_id=red_id)
    red_waits = courses.place(course.run_id, red[1], association_id=red_id)
    blue_waits = courses.place(course.run_id, blue, association_id=blue_id)
    leave(courses, held)
    assert courses.state(blue_waits) == "offered"
    assert courses.state(red_waits) == "waiting"


def test_more_seats_are_offered_as_soon_as_they_are_there(courses: Courses) -> None:
    course = courses.run(capacity=1)
    courses.place(course.run_id, courses.person())
    waiting = [courses.place(course.run_id, courses.person()) for _ in range(3)]
    with courses.service.transaction() as session:
        run = runs_query.get_run(session, course.run_id)
        details = runs.RunDetails(
            title=run.title,
            region_code=run.region_code,
            town=run.town,
            venue_id=run.venue_id,
            capacity=3,
            seats_per_association=run.seats_per_association,
            registration_closes_at=run.registration_closes_at,
            starts_on=run.starts_on,
            ends_on=run.ends_on,
        )
        runs.change_run(session, actor=SYSTEM, run_id=run.id, details=details, now=utc_now())
    assert [courses.state(place_id) for place_id in waiting] == ["offered", "offered", "waiting"]


def test_close_to_the_start_nothing_is_offered_but_staff_can_give_the_seat(courses: Courses) -> None:
    course = courses.run(capacity=1)
    first, second = courses.place(course.run_id, courses.person()), courses.place(course.run_id, courses.person())
    courses.begin(course, days_ago=-1)
    leave(courses, first)
    assert courses.state(second) == "waiting"
    with courses.service.transaction() as session:
        places.give_seat(session, actor=SYSTEM, place_id=second, now=utc_now())
    assert courses.state(second) == "confirmed"


def test_staff_cannot_go_beyond_capacity_or_an_associations_limit(courses: Courses) -> None:
    course = courses.run(capacity=3, seats_per_association=1)
    people = [courses.person() for _ in range(2)]
    association_id = courses.association(*people)
    courses.place(course.run_id, people[0], association_id=association_id)
    blocked = courses.place(course.run_id, people[1], association_id=association_id)
    with courses.service.transaction() as session, pytest.raises(AssociationAtLimit):
        places.give_seat(session, actor=SYSTEM, place_id=blocked, now=utc_now())


def test_cancelling_ends_every_place_and_tells_everybody(courses: Courses) -> None:
    course, people = courses.run(capacity=1), [courses.person() for _ in range(2)]
    held, waiting = (courses.place(course.run_id, person_id) for person_id in people)
    with courses.service.transaction() as session:
        runs.cancel_run(session, actor=SYSTEM, run_id=course.run_id, now=utc_now())
    assert [courses.state(held), courses.state(waiting)] == ["released", "withdrawn"]
    with courses.service.transaction() as session:
        assert all(letters(session, person_id)[-1] == "run_cancelled" for person_id in people)
        assert messages(session, "enrollment.run_changed")[-1][1]["state"] == "cancelled"
        assert len(messages(session, "enrollment.place_released")) == 1


def test_changed_dates_are_told_once_and_only_after_a_pause(courses: Courses) -> None:
    course, person_id = courses.run(capacity=1), courses.person()
    courses.place(course.run_id, person_id)
    with courses.service.transaction() as session:
        run = runs_query.get_run(session, course.run_id)
        first = run.sessions[0]
        module, times = first.module.code, (first.starts_at, first.ends_at)
    for _ in range(2):
        with courses.service.transaction() as session:
            sessions.add_session(
                session,
                actor=SYSTEM,
                run_id=course.run_id,
                module_code=module,
                starts_at=times[0] - timedelta(hours=3),
                ends_at=times[0] - timedelta(hours=2),
                now=utc_now(),
            )
        times = (times[0] - timedelta(hours=4), times[1])
    for minutes, told in ((29, 0), (31, 1), (62, 1)):
        with courses.service.transaction() as session:
            runs.tell_of_changed_dates(session, run_id=course.run_id, now=utc_now() + timedelta(minutes=minutes))
        with courses.service.transaction() as session:
            assert letters(session, person_id).count("run_changed") == told


def test_the_counter_of_seats_always_agrees_with_the_places(courses: Courses) -> None:
    course = courses.run(capacity=2)
    places_of = [courses.place(course.run_id, courses.person()) for _ in range(4)]
    leave(courses, places_of[0])
    leave(courses, places_of[3])
    with courses.service.transaction() as session:
        run = session.get(Run, course.run_id)
        assert run is not None
        seated = session.query(Place).filter(
            Place.run_id == course.run_id, Place.state.in_(["offered", "confirmed", "completed"])
        )
        assert run.seats_taken == seated.count() == 2


def test_the_sweep_takes_back_what_is_over_and_leaves_what_is_not(courses: Courses) -> None:
    over, open_still = courses.run(capacity=1), courses.run(capacity=1)
    offers = []
    for course in (over, open_still):
        first = courses.place(course.run_id, courses.person())
        offers.append(courses.place(course.run_id, courses.person()))
        leave(courses, first)
    with courses.service.transaction() as session:
        place = session.get(Place, offers[0])
        assert place is not None
        place.offer_expires_at = utc_now() - timedelta(seconds=1)
    courses.service.worker.set_current()
    lapse_offers()
    assert [courses.state(place_id) for place_id in offers] == ["lapsed", "offered"]


def test_the_calendars_task_starts_what_is_due(courses: Courses) -> None:
    due, later = courses.run(), courses.run()
    with courses.service.transaction() as session:
        run = session.get(Run, due.run_id)
        assert run is not None
        run.starts_on = programme_date(utc_now())
    courses.service.worker.set_current()
    advance_runs()
    with courses.service.transaction() as session:
        assert runs_query.get_run(session, due.run_id).state.value == "running"
        assert runs_query.get_run(session, later.run_id).state.value == "published"
