"""Exactly once in effect, in any order: what is promised of the consumer's side."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from shared.contracts.codec import MalformedMessage, UnknownMessage, encode
from shared.contracts.enrollment import PersonChanged
from shared.contracts.event import Envelope
from shared.db import Database, Session
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import inbox, relay
from shared.messaging.inbox import Outcome
from shared.messaging.tables import inbox_message


def envelope_of(person_id: UUID, *, subject_version: int = 1, language: str = "de") -> Envelope:
    event = PersonChanged(
        person_id=person_id, full_name="Ada", language=language, session_version=1, is_active=True, roles=()
    )
    return Envelope(
        message_id=new_id(),
        event_id=new_id(),
        type=event.type,
        version=event.version,
        producer="enrollment",
        destination="coursework",
        subject=event.subject,
        subject_id=person_id,
        subject_version=subject_version,
        occurred_at=utc_now(),
        payload=encode(event),
        trace={},
    )


class Effects:
    """A handler that counts, and can be told to fail."""

    def __init__(self) -> None:
        self.languages: list[str] = []
        self.failures_left = 0

    def __call__(self, session: Session, event: PersonChanged, now: datetime) -> None:
        if self.failures_left:
            self.failures_left -= 1
            raise RuntimeError("not yet")
        session.execute(sa.text("INSERT INTO effect (language) VALUES (:language)"), {"language": event.language})


@pytest.fixture
def effects(database: Database) -> Effects:
    with database.transaction() as session:
        session.execute(sa.text("CREATE TABLE effect (language text)"))
    return Effects()


def stored(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(sa.text("SELECT language FROM effect")))


@pytest.fixture
def take(database: Database, effects: Effects) -> Callable[[Envelope], Outcome]:
    def take_one(envelope: Envelope) -> Outcome:
        with database.transaction() as session:
            return inbox.take_in(session, envelope, handlers={PersonChanged: effects}, now=utc_now())

    return take_one


def test_the_same_message_counts_once(database: Database, take: Callable[[Envelope], Outcome]) -> None:
    envelope = envelope_of(new_id())
    assert take(envelope) == Outcome.HANDLED
    assert take(envelope) == Outcome.REPEATED
    assert stored(database) == ["de"]


def test_the_same_message_at_two_workers_at_once_counts_once(
    database: Database, take: Callable[[Envelope], Outcome]
) -> None:
    envelope, outcomes = envelope_of(new_id()), []
    barrier = threading.Barrier(8)

    def worker() -> None:
        barrier.wait()
        outcomes.append(take(envelope))

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Outcome.HANDLED] + [Outcome.REPEATED] * 7
    assert stored(database) == ["de"]


def test_a_fact_older_than_what_is_known_changes_nothing(
    database: Database, take: Callable[[Envelope], Outcome]
) -> None:
    person_id = new_id()
    assert take(envelope_of(person_id, subject_version=9, language="tr")) == Outcome.HANDLED
    assert take(envelope_of(person_id, subject_version=4, language="de")) == Outcome.OUTDATED
    assert stored(database) == ["tr"]


def test_a_handler_that_fails_leaves_nothing_and_then_works(
    database: Database, take: Callable[[Envelope], Outcome], effects: Effects
) -> None:
    envelope = envelope_of(new_id())
    effects.failures_left = 1
    with pytest.raises(RuntimeError):
        take(envelope)
    assert stored(database) == []
    assert take(envelope) == Outcome.HANDLED
    assert stored(database) == ["de"]


def test_the_tenth_failure_parks_the_message_and_replay_takes_it_in(
    database: Database, take: Callable[[Envelope], Outcome], effects: Effects
) -> None:
    envelope = envelope_of(new_id())
    for _ in range(inbox.FAILURES_BEFORE_PARKING):
        with database.transaction() as session:
            inbox.note_failure(session, envelope, error="RuntimeError", now=utc_now())
    assert take(envelope) == Outcome.REPEATED
    with database.transaction() as session:
        parked = inbox.list_parked(session)
        inbox.reopen(session, message_id=envelope.message_id)
    assert parked == [envelope]
    assert take(envelope) == Outcome.HANDLED
    assert stored(database) == ["de"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"type": "enrollment.moon_landed"}, UnknownMessage),
        ({"version": 2}, UnknownMessage),
        ({"payload": {"person_id": "not an id"}}, MalformedMessage),
    ],
)
def test_what_cannot_be_read_is_refused_whole(
    take: Callable[[Envelope], Outcome], database: Database, change: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        take(replace(envelope_of(new_id()), **change))
    with database.reading() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(inbox_message)).scalar_one() == 0


def test_receipts_go_back_in_one_batch_and_again_for_a_repeated_message(
    database: Database, take: Callable[[Envelope], Outcome], sender: Any
) -> None:
    envelopes = [envelope_of(new_id()) for _ in range(3)]
    for envelope in envelopes:
        take(envelope)
    with database.transaction() as session:
        assert relay.send_receipts(session, sender=sender, now=utc_now()) == 3
    with database.transaction() as session:
        assert relay.send_receipts(session, sender=sender, now=utc_now()) == 0
    take(envelopes[0])
    with database.transaction() as session:
        assert relay.send_receipts(session, sender=sender, now=utc_now()) == 1
    (task, queue, arguments), (_, _, again) = sender.sent
    assert (task, queue) == ("enrollment.outbox.note_receipts", "enrollment.inbox")
    assert sorted(arguments[0]) == sorted(str(envelope.message_id) for envelope in envelopes)
    assert again == [[str(envelopes[0].message_id)]]
