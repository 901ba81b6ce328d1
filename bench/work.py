"""Pieces of work in this process: the real operation beside the least that anybody could do instead."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import plain
from bench.load import paired
from bench.stage import Stage, running
from services.certification.operations.completions import note_attendance, note_result
from services.certification.operations.seals import seal_of
from services.enrollment.operations.places import request_place
from services.enrollment.operations.sign_up import sign_up
from shared.contracts.coursework import LevelPassed
from shared.contracts.enrollment import AttendanceCompleted, PersonChanged
from shared.contracts.services import Service
from shared.db import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import outbox

ROUNDS = 25


def place_request(stage: Stage) -> tuple[float, float]:
    """Seconds of a place request, and its ratio to INSERT and COMMIT of one row in the same database."""
    database = stage.resources(Service.ENROLLMENT).database
    people = iter([_newcomer(database, number) for number in range(ROUNDS)])
    run_id = _open_run(database)

    def ask() -> None:
        person_id = next(people)
        with database.transaction() as session:
            request_place(
                session,
                actor=Actor(person_id),
                run_id=run_id,
                person_id=person_id,
                association_id=None,
                now=utc_now(),
            )

    with _row_table(database):
        return paired(ask, lambda: _insert(database), rounds=ROUNDS)


def certificate(stage: Stage) -> tuple[float, float]:
    """Seconds of issuing a certificate, and its ratio to one Ed25519 signature over the finished document."""
    resources = stage.resources(Service.CERTIFICATION)
    database, seal = resources.database, seal_of(resources.settings)
    facts = iter([_passed(database, seal) for _ in range(ROUNDS)])
    key, document = Ed25519PrivateKey.generate(), _newest_credential(database)

    def issue() -> None:
        with database.transaction() as session:
            note_result(session, event=next(facts), seal=seal, now=utc_now())

    return paired(issue, lambda: key.sign(document) and None, rounds=ROUNDS)


def task_round_trip(stage: Stage) -> tuple[float, float]:
    """Seconds from a fact in one service's transaction to its effect in the other's database, and its ratio to a plain
    task that writes one row."""
    telling, hearing = (stage.resources(s).database for s in (Service.ENROLLMENT, Service.COURSEWORK))
    environment = stage.environments[Service.COURSEWORK]
    worker = [sys.executable, "-m", "celery", "-A", "bench.plain", "worker", "--pool=prefork", "--concurrency=1"]
    plain.app.conf.broker_url = environment["MEMO_BROKER_URL"]

    def tell() -> None:
        person_id = new_id()
        event = PersonChanged(
            person_id=person_id, full_name="Bench", language="de", session_version=1, is_active=True, roles=()
        )
        with telling.transaction() as session:
            outbox.append(session, event, now=utc_now())
        _wait_for_row(hearing, "SELECT 1 FROM person_copy WHERE person_id = :id", person_id)

    def send() -> None:
        key = new_id()
        plain.note.apply_async((str(key),), queue=plain.QUEUE)
        _wait_for_row(hearing, "SELECT 1 FROM bench_row WHERE id = :id", key)

    with _row_table(hearing), running(worker, **environment):
        send()
        return paired(tell, send, rounds=ROUNDS)


def _newcomer(database: Database, number: int) -> UUID:
    with database.transaction() as session:
        return sign_up(
            session,
            full_name=f"Bench {number}",
            email=None,
            password=None,
            invite_code=None,
            language="de",
            now=utc_now(),
        ).person_id


def _open_run(database: Database) -> UUID:
    """An open run of the first level with seats for everybody."""
    with database.transaction() as session:
        run_id: UUID = session.execute(
            sa.text(
                "UPDATE run SET capacity = 200, seats_per_association = 200 WHERE id = (SELECT r.id FROM run r"
                " JOIN level l ON l.id = r.level_id WHERE r.state = 'published' AND l.position = 1"
                " AND r.registration_closes_at > now() LIMIT 1) RETURNING id"
            )
        ).scalar_one()
        return run_id


def _passed(database: Database, seal: Any) -> LevelPassed:
    """The second of the two facts, after the first was noted, for somebody who is new."""
    person_id, place_id = new_id(), new_id()
    with database.transaction() as session:
        run_id = session.execute(sa.text("SELECT run_id FROM run_copy WHERE level_code = 'grundkurs' LIMIT 1")).scalar()
        session.execute(
            sa.text(
                "INSERT INTO person_copy (person_id, full_name, language, session_version, is_active, roles)"
                " VALUES (:id, 'Bench', 'de', 1, true, '[]')"
            ),
            {"id": person_id},
        )
        common: dict[str, Any] = {
            "place_id": place_id,
            "run_id": run_id,
            "person_id": person_id,
            "level_code": "grundkurs",
        }
        attended = AttendanceCompleted(**common, units_attended=48, units_offered=48, completed_on=date(2026, 11, 14))
        note_attendance(session, event=attended, seal=seal, now=utc_now())
    return LevelPassed(**common, passed_on=date(2026, 11, 20), quizzes_passed=6, assignments_accepted=6)


def _newest_credential(database: Database) -> bytes:
    with database.reading() as session:
        found = session.execute(sa.text("SELECT credential FROM certificate ORDER BY issued_at DESC LIMIT 1")).scalar()
    return str(found).encode()


@contextmanager
def _row_table(database: Database) -> Iterator[None]:
    with database.transaction() as session:
        session.execute(sa.text("CREATE TABLE bench_row (id uuid PRIMARY KEY, at timestamptz DEFAULT now())"))
    yield
    with database.transaction() as session:
        session.execute(sa.text("DROP TABLE bench_row"))


def _insert(database: Database) -> None:
    with database.transaction() as session:
        session.execute(sa.text("INSERT INTO bench_row (id) VALUES (:id)"), {"id": new_id()})


def _wait_for_row(database: Database, query: str, key: UUID, *, clock: Callable[[], float] = time.monotonic) -> None:
    deadline = clock() + 30
    while True:
        with database.reading() as session:
            if session.execute(sa.text(query), {"id": key}).first():
                return
        if clock() > deadline:
            raise RuntimeError(f"no row after 30 s: {query}")
        time.sleep(0.001)
