"""The consumer's side: take a message in exactly once in effect, whatever arrives how often and in which order."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.contracts.codec import decode_envelope, decode_event, encode
from shared.contracts.event import Envelope, Event
from shared.messaging.tables import inbox_message, known_subject

#: What a service does with an event: one call of one operation.
Handler = Callable[[Session, Any, datetime], None]

#: A handler that failed this often gives up; the message is parked until a person replays it.
FAILURES_BEFORE_PARKING = 10


class Outcome(StrEnum):
    """How a message was dealt with."""

    HANDLED = "handled"
    OUTDATED = "outdated"
    PARKED = "parked"
    REPEATED = "repeated"


def take_in(session: Session, envelope: Envelope, *, handlers: Mapping[type[Event], Handler], now: datetime) -> Outcome:
    """Claim the message and handle its event in the caller's transaction.

    A message that was dealt with before only gets its receipt again. A fact older than what is known of its subject
    is noted and left. Two workers with the same message: the second waits here for the first one's commit.
    Raises UnknownMessage and MalformedMessage (nothing is kept), and whatever the handler raises.
    """
    if not _claim(session, envelope, now=now):
        return Outcome.REPEATED
    event = decode_event(envelope)
    outcome = Outcome.HANDLED
    if _is_newest(session, envelope):
        handlers[type(event)](session, event, now)
    else:
        outcome = Outcome.OUTDATED
    session.execute(
        sa.update(inbox_message).where(inbox_message.c.id == envelope.message_id).values(outcome=outcome, envelope=None)
    )
    return outcome


def _claim(session: Session, envelope: Envelope, *, now: datetime) -> bool:
    """Whether the message is still to be dealt with. Its row is locked, or new, afterwards."""
    session.execute(insert(inbox_message).values(_row(envelope, now=now)).on_conflict_do_nothing())
    row = session.execute(
        sa.select(inbox_message.c.outcome).where(inbox_message.c.id == envelope.message_id).with_for_update()
    ).one()
    if row.outcome is None:
        return True
    session.execute(
        sa.update(inbox_message).where(inbox_message.c.id == envelope.message_id).values(receipt_sent_at=None)
    )
    return False


def _is_newest(session: Session, envelope: Envelope) -> bool:
    """Remember the subject's version; false where a newer one is known."""
    statement = insert(known_subject).values(
        producer=envelope.producer,
        subject=envelope.subject,
        subject_id=envelope.subject_id,
        version=envelope.subject_version,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["producer", "subject", "subject_id"],
        set_={"version": statement.excluded.version},
        where=known_subject.c.version < statement.excluded.version,
    )
    return session.execute(statement.returning(known_subject.c.version)).first() is not None


def park(session: Session, envelope: Envelope, *, error: str, now: datetime) -> None:
    """Set a message aside that can't be handled: it is kept whole, acknowledged, and shown to operators."""
    values = {**_row(envelope, now=now), "outcome": Outcome.PARKED, "last_error": error, "envelope": encode(envelope)}
    statement = insert(inbox_message).values(values)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={"outcome": Outcome.PARKED, "last_error": error, "envelope": encode(envelope)},
            where=inbox_message.c.outcome.is_(None),
        )
    )


def note_failure(session: Session, envelope: Envelope, *, error: str, now: datetime) -> int:
    """Count one failure of the handler; park the message at the last. Returns the count."""
    statement = insert(inbox_message).values(
        {**_row(envelope, now=now), "failures": 1, "last_error": error, "envelope": encode(envelope)}
    )
    statement = statement.on_conflict_do_update(
        index_elements=["id"],
        set_={
            "failures": inbox_message.c.failures + 1,
            "last_error": error,
            "envelope": statement.excluded.envelope,
        },
        where=inbox_message.c.outcome.is_(None),
    )
    failures = session.execute(statement.returning(inbox_message.c.failures)).scalar_one_or_none() or 0
    if failures >= FAILURES_BEFORE_PARKING:
        park(session, envelope, error=error, now=now)
    return failures


def list_parked(session: Session) -> list[Envelope]:
    """The parked messages, oldest first, for `cli replay`."""
    from_rows = session.scalars(
        sa.select(inbox_message.c.envelope)
        .where(inbox_message.c.outcome == Outcome.PARKED, inbox_message.c.envelope.is_not(None))
        .order_by(inbox_message.c.arrived_at)
    )
    return [decode_envelope(values) for values in from_rows]


def reopen(session: Session, *, message_id: UUID) -> None:
    """Make a parked message fresh again, so that `take_in` handles it."""
    session.execute(
        sa.update(inbox_message)
        .where(inbox_message.c.id == message_id, inbox_message.c.outcome == Outcome.PARKED)
        .values(outcome=None, failures=0)
    )


def _row(envelope: Envelope, *, now: datetime) -> dict[str, object]:
    return {
        "id": envelope.message_id,
        "producer": envelope.producer,
        "type": envelope.type,
        "arrived_at": now,
    }
