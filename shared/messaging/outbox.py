"""The producer's side that operations use: a fact becomes rows in the transaction that made it true."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.contracts.codec import encode
from shared.contracts.event import Event
from shared.contracts.subscriptions import subscribers
from shared.kernel.ids import new_id
from shared.messaging.names import NOTIFY_CHANNEL
from shared.messaging.tables import outbox_message, outbox_sequence
from shared.observability.correlation import current_trace


def append(session: Session, event: Event, *, now: datetime) -> None:
    """Tell every subscriber of the event, once the transaction commits.

    Hold a lock on the subject's row: `subject_version` is drawn here, and two writers of one subject must draw theirs
    in the order in which they commit.
    """
    _append(session, event, event_id=new_id(), now=now)


def append_all(session: Session, events: Iterable[Event], *, now: datetime, due_at: datetime | None = None) -> None:
    """Like `append` for each of many events in their order, with three statements for all of them together.

    They leave at `due_at` where that is given.
    """
    told = list(events)
    if not told:
        return
    numbers = sa.select(outbox_sequence.next_value()).select_from(sa.func.generate_series(1, len(told)))
    sequences = session.scalars(numbers).all()
    rows = [
        row | {"available_at": due_at or now}
        for event, sequence in zip(told, sequences, strict=True)
        for row in _rows(event, new_id(), sequence, now)
    ]
    session.execute(insert(outbox_message), rows)
    session.execute(sa.select(sa.func.pg_notify(NOTIFY_CHANNEL, "")))


def append_once(session: Session, event: Event, *, key: str, now: datetime) -> None:
    """Like `append`, but a second call with the same key does nothing."""
    _append(session, event, event_id=uuid5(NAMESPACE_URL, key), now=now)


def _append(session: Session, event: Event, *, event_id: UUID, now: datetime) -> None:
    sequence = session.execute(sa.select(outbox_sequence.next_value())).scalar_one()
    session.execute(insert(outbox_message).values(_rows(event, event_id, sequence, now)).on_conflict_do_nothing())
    session.execute(sa.select(sa.func.pg_notify(NOTIFY_CHANNEL, "")))


def _rows(event: Event, event_id: UUID, sequence: int, now: datetime) -> list[dict[str, Any]]:
    payload, trace = encode(event), current_trace()
    return [
        {
            "id": uuid5(event_id, destination),
            "event_id": event_id,
            "sequence": sequence,
            "type": event.type,
            "version": event.version,
            "destination": destination.value,
            "subject": event.subject,
            "subject_id": event.subject_id,
            "subject_version": sequence,
            "payload": payload,
            "occurred_at": now,
            "trace": trace,
            "available_at": now,
        }
        for destination in subscribers(type(event))
    ]
