"""Many people at once, over real connections: no seat is given out twice, and none is left over."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.enrollment.domain.errors import PlaceExists
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from services.enrollment.operations import places
from shared.db import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import utc_now
from tests.support.courses import Courses

WORKERS = 20


@pytest.fixture
def database(courses: Courses) -> Database:
    """A pool with a connection for every worker."""
    return Database(courses.service.resources.settings.database_url, pool_size=WORKERS)


def ask(database: Database, *, run_id: UUID, person_id: UUID) -> str:
    with database.transaction() as session:
        place = places.request_place(
            session,
            actor=Actor(person_id=person_id),
            run_id=run_id,
            person_id=person_id,
            association_id=None,
            now=utc_now(),
        )
        return place.state.value


def test_eighty_people_and_twenty_seats_make_twenty_places_and_sixty_who_wait(
    courses: Courses, database: Database
) -> None:
    course = courses.run(capacity=20)
    people = [courses.person(f"Person {number}") for number in range(80)]
    with ThreadPoolExecutor(WORKERS) as pool:
        states = list(pool.map(lambda person_id: ask(database, run_id=course.run_id, person_id=person_id), people))
    assert states.count("confirmed") == 20
    assert states.count("waiting") == 60
    with courses.service.transaction() as session:
        run = session.get(Run, course.run_id)
        assert run is not None
        assert run.seats_taken == 20
    database.dispose()


def test_two_requests_of_the_same_person_at_once_make_one_place(courses: Courses, database: Database) -> None:
    course, person_id = courses.run(), courses.person()
    together = Barrier(2)

    def attempt(_number: int) -> str:
        together.wait()
        try:
            return ask(database, run_id=course.run_id, person_id=person_id)
        except PlaceExists:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["confirmed", "refused"]
    with courses.service.transaction() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Place.run_id == course.run_id)) == 1
    database.dispose()


def test_leaving_and_asking_at_once_never_gives_out_more_than_there_is(courses: Courses, database: Database) -> None:
    course = courses.run(capacity=5)
    held = [courses.place(course.run_id, courses.person()) for _ in range(5)]
    newcomers = [courses.person() for _ in range(10)]

    def leave(place_id: UUID) -> None:
        with database.transaction() as session:
            owner_id = session.scalars(sa.select(Place.person_id).where(Place.id == place_id)).one()
            places.leave_place(session, actor=Actor(person_id=owner_id), place_id=place_id, now=utc_now())

    with ThreadPoolExecutor(WORKERS) as pool:
        leaving = [pool.submit(leave, place_id) for place_id in held]
        asking = [pool.submit(ask, database, run_id=course.run_id, person_id=p) for p in newcomers]
        for job in (*leaving, *asking):
            job.result()
    with courses.service.transaction() as session:
        states = session.scalars(sa.select(Place.state).where(Place.run_id == course.run_id)).all()
        seated = [state for state in states if state in ("offered", "confirmed")]
        assert len(seated) == 5
        run = session.get(Run, course.run_id)
        assert run is not None
        assert run.seats_taken == 5
    database.dispose()
