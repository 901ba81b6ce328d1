"""Batches under fault: several workers, a part that dies in the middle, a key that changes: each place once."""

import threading
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.certification.models import BatchItem
from services.certification.operations import batches
from services.certification.tasks.inbound import HANDLERS
from shared.contracts.certification import BatchStepDue
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import inbox
from tests.support.certification import World


@pytest.fixture
def due(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[UUID, list[UUID]]:
    """A course of thirty with both facts whose people have not arrived; a batch step does eight."""
    monkeypatch.setattr(batches, "STEP_SIZE", 8)
    world.level()
    run_id = world.run()
    people = [new_id() for _ in range(30)]
    for person_id in people:
        world.hear(*world.facts(person_id, run_id))
    rows = [{"id": person_id, "name": f"Person {number}"} for number, person_id in enumerate(people)]
    with world.service.transaction() as session:
        session.execute(
            sa.text(
                "INSERT INTO person_copy (person_id, full_name, language, session_version, is_active, roles)"
                " VALUES (:id, :name, 'de', 1, true, '[]')"
            ),
            rows,
        )
    return run_id, people


def _start(world: World, run_id: UUID) -> UUID:
    with world.service.transaction() as session:
        return batches.start_batch(
            session, actor=SYSTEM, title="Kurs", run_id=run_id, level_code=None, now=utc_now()
        ).id


def _work(world: World, batch_id: UUID, *, steps: int = 100) -> None:
    """What a worker does with the messages of one lane."""
    lane_id = new_id()
    for _ in range(steps):
        with world.service.transaction() as session:
            event = BatchStepDue(lane_id=lane_id, batch_id=batch_id)
            inbox.take_in(session, world.envelope(event), handlers=HANDLERS, now=utc_now())
            batch = batches.get_batch(session, batch_id=batch_id)
        if batch.state != "running":
            return


def _outcomes(world: World, batch_id: UUID) -> Counter[Any]:
    with world.service.transaction() as session:
        return Counter(session.scalars(sa.select(BatchItem.outcome).where(BatchItem.batch_id == batch_id)))


def _whole(world: World, people: list[UUID]) -> None:
    """Each person has exactly one certificate, event, log entry and status entry."""
    certificates = world.certificates()
    assert sorted(c.person_id for c in certificates) == sorted(people)
    assert len(world.sent("certification.certificate_issued")) == len(people)
    with world.service.transaction() as session:
        for table in ("log_entry WHERE kind = 'certificate_issued'", "status_entry"):
            assert session.scalar(sa.text(f"SELECT count(*) FROM {table}")) == len(people)


def test_several_workers_issue_each_place_once(world: World, due: tuple[UUID, list[UUID]]) -> None:
    run_id, people = due
    world.service.worker.set_default()
    batch_id = _start(world, run_id)
    workers = [threading.Thread(target=_work, args=(world, batch_id)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    _whole(world, people)
    assert _outcomes(world, batch_id) == {"issued": 30}
    with world.service.transaction() as session:
        assert batches.get_batch(session, batch_id=batch_id).state == "finished"


def test_two_batches_over_the_same_course_issue_each_place_once(world: World, due: tuple[UUID, list[UUID]]) -> None:
    run_id, people = due
    world.service.worker.set_default()
    first, second = _start(world, run_id), _start(world, run_id)
    workers = [threading.Thread(target=_work, args=(world, batch_id)) for batch_id in (first, second)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    _whole(world, people)
    assert _outcomes(world, first)["issued"] + _outcomes(world, second)["issued"] == 30
    assert _outcomes(world, first)["had_one"] + _outcomes(world, second)["had_one"] == 30


def test_a_part_that_dies_is_done_again(
    world: World, due: tuple[UUID, list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id, people = due
    batch_id = _start(world, run_id)
    _work(world, batch_id, steps=1)
    monkeypatch.setattr(batches, "_store", _die)
    with pytest.raises(ZeroDivisionError):
        _work(world, batch_id, steps=1)
    assert len(world.certificates()) == 8
    monkeypatch.undo()
    _work(world, batch_id)
    _whole(world, people)


def _die(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_a_paused_batch_does_nothing_and_goes_on_where_it_stopped(world: World, due: tuple[UUID, list[UUID]]) -> None:
    run_id, people = due
    batch_id = _start(world, run_id)
    _work(world, batch_id, steps=1)
    office = world.office()
    path = f"/certification/office/batches/{batch_id}"
    assert office.post(f"{path}/pause").status_code == 303
    _work(world, batch_id, steps=3)
    assert len(world.certificates()) == 8
    assert "8 of 30" in office.words(path)
    assert office.post(f"{path}/resume").status_code == 303
    _work(world, batch_id)
    _whole(world, people)
    report = office.get(f"{path}/report.csv").text
    assert report.count("Issued") == 30
    assert "Person 7" in report


def test_a_cancelled_batch_leaves_the_rest_undone(world: World, due: tuple[UUID, list[UUID]]) -> None:
    run_id, _ = due
    batch_id = _start(world, run_id)
    _work(world, batch_id, steps=1)
    office = world.office()
    assert office.post(f"/certification/office/batches/{batch_id}/cancel").status_code == 303
    assert office.post(f"/certification/office/batches/{batch_id}/resume").status_code == 422
    _work(world, batch_id, steps=2)
    assert len(world.certificates()) == 8
    assert office.get(f"/certification/office/batches/{batch_id}/report.csv").text.count("Not done") == 22


def test_a_batch_without_lanes_gets_new_ones(world: World, due: tuple[UUID, list[UUID]]) -> None:
    run_id, _ = due
    batch_id = _start(world, run_id)
    with world.service.transaction() as session:
        session.execute(sa.text("DELETE FROM outbox_message"))
        session.execute(sa.text("UPDATE issue_batch SET started_at = now() - interval '1 hour'"))
    with world.service.transaction() as session:
        assert batches.wake_batches(session, now=utc_now()) == 1
    assert {event["batch_id"] for event in world.sent("certification.batch_step_due")} == {str(batch_id)}


def test_what_stands_against_a_certificate_is_reported_and_stops_nobody_else(
    world: World, due: tuple[UUID, list[UUID]]
) -> None:
    run_id, people = due
    with world.service.transaction() as session:
        session.execute(sa.text("DELETE FROM person_copy WHERE person_id = :id"), {"id": people[0]})
        session.execute(sa.text("UPDATE person_copy SET full_name = E'\\x07' WHERE person_id = :id"), {"id": people[1]})
        session.execute(
            sa.text("UPDATE level_completion SET person_id = :a WHERE person_id = :b"), {"a": people[3], "b": people[2]}
        )
    batch_id = _start(world, run_id)
    words = world.office().words("/certification/office/batches")
    assert "The name has not arrived" in words
    assert "cannot be printed" in words
    _work(world, batch_id)
    assert _outcomes(world, batch_id) == {"issued": 27, "person_missing": 1, "name_unusable": 1, "has_level": 1}
