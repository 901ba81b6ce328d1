"""The relay: takes pending rows of the outbox to the broker, and receipts of the inbox back to their producers.

One process per service runs `Relay.run_forever`; more than one may, for rows are claimed with SKIP LOCKED. Rows are
selected by state, never by "id greater than the last seen", which loses rows whose lower id commits second.
"""

import random
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import psycopg
import sqlalchemy as sa
from kombu.exceptions import OperationalError
from sqlalchemy.orm import Session

from shared.db import Database
from shared.kernel.clock import utc_now
from shared.messaging.names import NOTIFY_CHANNEL, Lane, lane_of, queue_name, receipts_task, receive_task
from shared.messaging.tables import inbox_message, outbox_message
from shared.observability.logs import get_logger

BATCH = 50
#: A message without a receipt is sent again after this, then after twice as long, up to the longest pause.
FIRST_RESEND = timedelta(seconds=30)
LONGEST_RESEND = timedelta(hours=1)
#: A message that the broker's client refuses this often is parked.
REFUSALS_BEFORE_PARKING = 10
_LONGEST_BROKER_PAUSE = 30.0
_IDLE_SECONDS = 1.0

logger = get_logger(__name__)

_SENT = sa.text(
    "UPDATE outbox_message SET attempts = attempts + 1, published_at = :now, available_at = due.at"
    " FROM unnest(CAST(:ids AS uuid[]), CAST(:dues AS timestamptz[])) AS due (id, at)"
    " WHERE outbox_message.id = due.id"
)


class Sender(Protocol):
    """What puts a task on a queue; Celery's, or a test's."""

    def send(self, *, task: str, queue: str, arguments: list[Any], task_id: str) -> None:
        """Returns when the broker has the message. Raises kombu's OperationalError where it can't be reached."""


def resend_pause(attempts: int) -> timedelta:
    """How long to wait for a receipt after the given number of sends: 30 s, 1 min, 2 min … 1 h, with jitter."""
    pause = min(FIRST_RESEND * 2 ** min(attempts - 1, 12), LONGEST_RESEND)
    return pause * random.uniform(1.0, 1.2)  # noqa: S311 (spreads load; no secret)


def publish_pending(session: Session, *, producer: str, sender: Sender, now: datetime) -> int:
    """Send one batch of what is due; how many were sent. Broker unreachable: raises, and the caller rolls back."""
    due = (
        sa.select(outbox_message)
        .where(
            outbox_message.c.received_at.is_(None),
            outbox_message.c.parked_at.is_(None),
            outbox_message.c.available_at <= now,
        )
        .order_by(outbox_message.c.available_at, outbox_message.c.sequence)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(due).all()
    refused = {row.id: error for row in rows if (error := _publish(row, producer=producer, sender=sender))}
    _note_sent(session, [row for row in rows if row.id not in refused], now=now)
    for row in rows:
        if row.id in refused:
            _note_refused(session, row, error=refused[row.id], now=now)
    return len(rows)


def _publish(row: Any, *, producer: str, sender: Sender) -> str | None:
    """Send one message; why the broker's client refused it, or None."""
    try:
        sender.send(
            task=receive_task(row.destination),
            queue=queue_name(row.destination, lane_of(row.type)),
            arguments=[_envelope(row, producer=producer)],
            task_id=str(row.id),
        )
    except OperationalError:
        raise
    except Exception as error:  # The outermost door of one message: whatever it is, the others must go on.
        return f"{type(error).__name__}: {error}"[:500]
    return None


def _note_sent(session: Session, rows: Sequence[Any], *, now: datetime) -> None:
    """One statement for all of them: each has a pause of its own, so that they do not come back all at once."""
    if rows:
        dues = [now + resend_pause(row.attempts + 1) for row in rows]
        session.execute(_SENT, {"ids": [row.id for row in rows], "dues": dues, "now": now})


def _note_refused(session: Session, row: Any, *, error: str, now: datetime) -> None:
    attempts = row.attempts + 1
    values: dict[str, Any] = {
        "attempts": attempts,
        "available_at": now + resend_pause(attempts),
        "last_error": error,
    }
    if attempts >= REFUSALS_BEFORE_PARKING:
        values["parked_at"] = now
        logger.error("outbox_message_parked", message_id=str(row.id), type=row.type)
    session.execute(sa.update(outbox_message).where(outbox_message.c.id == row.id).values(values))


def _envelope(row: Any, *, producer: str) -> dict[str, Any]:
    return {
        "message_id": str(row.id),
        "event_id": str(row.event_id),
        "type": row.type,
        "version": row.version,
        "producer": producer,
        "destination": row.destination,
        "subject": row.subject,
        "subject_id": str(row.subject_id),
        "subject_version": row.subject_version,
        "occurred_at": row.occurred_at.astimezone(UTC).isoformat(),
        "payload": row.payload,
        "trace": row.trace,
    }


def send_receipts(session: Session, *, sender: Sender, now: datetime) -> int:
    """Send one batch of receipts to each producer; how many message ids were in them."""
    due = (
        sa.select(inbox_message.c.id, inbox_message.c.producer)
        .where(inbox_message.c.outcome.is_not(None), inbox_message.c.receipt_sent_at.is_(None))
        .order_by(inbox_message.c.arrived_at)
        .limit(500)
        .with_for_update(skip_locked=True)
    )
    by_producer: dict[str, list[UUID]] = {}
    for row in session.execute(due):
        by_producer.setdefault(row.producer, []).append(row.id)
    for producer, ids in by_producer.items():
        sender.send(
            task=receipts_task(producer),
            queue=queue_name(producer, Lane.INBOX),
            arguments=[[str(message_id) for message_id in ids]],
            task_id=f"receipts-{ids[0]}-{int(now.timestamp() * 1000)}",
        )
        session.execute(sa.update(inbox_message).where(inbox_message.c.id.in_(ids)).values(receipt_sent_at=now))
    return sum(len(ids) for ids in by_producer.values())


class Relay:
    """The loop round the two functions above, with growing pauses while the broker or the database is away."""

    def __init__(self, *, producer: str, database: Database, sender: Sender, stopping: threading.Event) -> None:
        self._producer = producer
        self._database = database
        self._sender = sender
        self._stopping = stopping
        self._listener: psycopg.Connection[Any] | None = None

    def run_forever(self) -> None:
        """Relay until told to stop."""
        pause = 1.0
        while not self._stopping.is_set():
            try:
                if not self.run_once():
                    self._wait_for_work()
                pause = 1.0
            except (OperationalError, sa.exc.OperationalError, psycopg.OperationalError) as error:
                logger.warning("relay_waits", seconds=pause, error=type(error).__name__)
                self._forget_listener()
                self._stopping.wait(pause)
                pause = min(pause * 2, _LONGEST_BROKER_PAUSE)

    def run_once(self) -> int:
        """One batch each way; how many messages and receipts left."""
        return self._in_transaction(
            lambda session: publish_pending(session, producer=self._producer, sender=self._sender, now=utc_now())
        ) + self._in_transaction(lambda session: send_receipts(session, sender=self._sender, now=utc_now()))

    def _in_transaction(self, work: Callable[[Session], int]) -> int:
        with self._database.transaction() as session:
            return work(session)

    def _wait_for_work(self) -> None:
        """Wait for a notification, at most a second: it is only a hint, and due dates pass without one."""
        if self._listener is None:
            address = self._database.engine.url.set(drivername="postgresql")
            self._listener = psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)
            self._listener.execute(f"LISTEN {NOTIFY_CHANNEL}")
        for _ in self._listener.notifies(timeout=_IDLE_SECONDS, stop_after=1):
            return

    def _forget_listener(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
