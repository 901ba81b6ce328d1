"""From a fact to the broker and back: what is promised of the producer's side."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from kombu.exceptions import OperationalError

from shared.contracts.coursework import UploadArrived
from shared.contracts.enrollment import AttendanceCompleted, PersonChanged
from shared.contracts.mail import MailRequested
from shared.db import Database
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.mail import request_mail
from shared.messaging import outbox, receipts, relay
from shared.messaging.tables import outbox_message

SECOND = timedelta(seconds=1)


def person_changed(person_id: UUID | None = None, **changes: Any) -> PersonChanged:
    facts: dict[str, Any] = {
        "person_id": person_id or new_id(),
        "full_name": "Ada Beispiel",
        "language": "de",
        "session_version": 1,
        "is_active": True,
    }
    return PersonChanged(**{**facts, **changes})


def rows(database: Database) -> list[Any]:
    with database.reading() as session:
        return list(session.execute(sa.select(outbox_message).order_by(outbox_message.c.sequence)))


def test_a_rolled_back_transaction_leaves_no_message(database: Database) -> None:
    def append_and_fail() -> None:
        with database.transaction() as session:
            outbox.append(session, person_changed(), now=utc_now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        append_and_fail()
    assert rows(database) == []


def test_every_subscriber_gets_a_message_of_its_own(database: Database, sender: Any) -> None:
    event = person_changed()
    with database.transaction() as session:
        outbox.append(session, event, now=utc_now())
    with database.transaction() as session:
        assert relay.publish_pending(session, producer="enrollment", sender=sender, now=utc_now()) == 2
    assert {(task, queue) for task, queue, _ in sender.sent} == {
        ("coursework.inbox.receive", "coursework.inbox"),
        ("certification.inbox.receive", "certification.inbox"),
    }
    envelopes = [arguments[0] for _, _, arguments in sender.sent]
    assert len({envelope["message_id"] for envelope in envelopes}) == 2
    assert len({envelope["event_id"] for envelope in envelopes}) == 1
    assert envelopes[0]["payload"]["person_id"] == str(event.person_id)


def test_later_facts_of_a_subject_bear_higher_versions(database: Database) -> None:
    person_id = new_id()
    for language in ("de", "tr"):
        with database.transaction() as session:
            outbox.append(session, person_changed(person_id, language=language), now=utc_now())
    versions = [row.subject_version for row in rows(database) if row.destination == "coursework"]
    assert versions == sorted(set(versions))
    assert len(versions) == 2


def test_a_broker_that_is_away_costs_no_message_and_no_try(database: Database, sender: Any) -> None:
    with database.transaction() as session:
        outbox.append(session, person_changed(), now=utc_now())
    sender.is_away = True
    with pytest.raises(OperationalError), database.transaction() as session:
        relay.publish_pending(session, producer="enrollment", sender=sender, now=utc_now())
    assert [row.attempts for row in rows(database)] == [0, 0]
    sender.is_away = False
    with database.transaction() as session:
        relay.publish_pending(session, producer="enrollment", sender=sender, now=utc_now())
    assert len(sender.sent) == 2


def test_a_relay_that_dies_after_sending_sends_again(database: Database, sender: Any) -> None:
    with database.transaction() as session:
        outbox.append(session, person_changed(), now=utc_now())

    def send_and_die() -> None:
        with database.transaction() as session:
            relay.publish_pending(session, producer="enrollment", sender=sender, now=utc_now())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_and_die()
    with database.transaction() as session:
        relay.publish_pending(session, producer="enrollment", sender=sender, now=utc_now())
    ids = [arguments[0]["message_id"] for _, _, arguments in sender.sent]
    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_a_message_is_done_only_with_its_receipt(database: Database, sender: Any) -> None:
    now = utc_now()
    with database.transaction() as session:
        outbox.append(session, person_changed(), now=now)
        relay.publish_pending(session, producer="enrollment", sender=sender, now=now)
    with database.transaction() as session:
        assert relay.publish_pending(session, producer="enrollment", sender=sender, now=now + 20 * SECOND) == 0
        assert (
            relay.publish_pending(session, producer="enrollment", sender=sender, now=now + timedelta(seconds=40)) == 2
        )
    with database.transaction() as session:
        receipts.note_receipts(session, message_ids=[row.id for row in rows(database)], now=now)
        assert relay.publish_pending(session, producer="enrollment", sender=sender, now=now + timedelta(days=1)) == 0


def test_pauses_between_sends_grow_to_an_hour() -> None:
    pauses = [relay.resend_pause(attempts).total_seconds() for attempts in (1, 2, 3, 40)]
    assert 30 <= pauses[0] <= 36
    assert 60 <= pauses[1] <= 72
    assert 120 <= pauses[2] <= 144
    assert 3600 <= pauses[3] <= 4320


def test_one_refused_message_holds_up_no_other_and_is_parked_at_the_tenth_try(database: Database, sender: Any) -> None:
    attendance = AttendanceCompleted(
        place_id=new_id(),
        run_id=new_id(),
        person_id=new_id(),
        level_code="grundkurs",
        units_attended=48,
        units_offered=48,
        completed_on=date(2026, 11, 23),
    )
    now = utc_now()
    with database.transaction() as session:
        outbox.append(session, attendance, now=now)
        outbox.append(session, person_changed(), now=now)
    sender.refused_type = AttendanceCompleted.type
    for day in range(11):
        with database.transaction() as session:
            relay.publish_pending(session, producer="enrollment", sender=sender, now=now + timedelta(days=day))
    refused = next(row for row in rows(database) if row.type == AttendanceCompleted.type)
    assert refused.parked_at is not None
    assert refused.attempts == 10
    assert "ValueError" in refused.last_error
    assert any(arguments[0]["type"] == PersonChanged.type for _, _, arguments in sender.sent)


def test_a_mail_asked_for_twice_leaves_once_and_keeps_no_personal_data(database: Database, sender: Any) -> None:
    now = utc_now()
    for _ in range(2):
        with database.transaction() as session:
            request_mail(
                session,
                recipient="ada@memo-demo.example",
                language="de",
                template="welcome",
                facts={"link": "https://memo.example/secret"},
                key="welcome:1",
                now=now,
            )
    with database.transaction() as session:
        assert relay.publish_pending(session, producer="enrollment", sender=sender, now=now) == 1
    assert sender.sent[0][1] == "enrollment.mail"
    with database.transaction() as session:
        receipts.note_receipts(session, message_ids=[rows(database)[0].id], now=now)
    assert [(row.type, row.payload) for row in rows(database)] == [(MailRequested.type, {})]


def test_replay_sends_everything_again_but_letters_that_left(database: Database, sender: Any) -> None:
    now = utc_now()
    with database.transaction() as session:
        outbox.append(session, UploadArrived(upload_id=new_id()), now=now)
        request_mail(session, recipient="a@b.example", language="de", template="t", facts={}, key="k", now=now)
        receipts.note_receipts(session, message_ids=[], now=now)
    with database.transaction() as session:
        receipts.note_receipts(session, message_ids=[row.id for row in rows(database)], now=now)
    with database.transaction() as session:
        assert receipts.send_again(session, since=now - timedelta(hours=1), now=now) == 1


def test_done_rows_leave_after_thirty_days_and_pending_ones_stay(database: Database) -> None:
    now = utc_now()
    with database.transaction() as session:
        outbox.append(session, UploadArrived(upload_id=new_id()), now=now)
        outbox.append(session, UploadArrived(upload_id=new_id()), now=now)
    with database.transaction() as session:
        receipts.note_receipts(session, message_ids=[rows(database)[0].id], now=now)
    with database.transaction() as session:
        receipts.sweep(session, now=now + timedelta(days=31))
    assert [row.received_at for row in rows(database)] == [None]
