"""The producer's end of a receipt, the sweep of what is over, and what operators must know of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from shared.contracts.certification import MultiplierContacted
from shared.contracts.mail import MailRequested
from shared.messaging.tables import inbox_message, outbox_message

KEEP_DONE_OUTBOX = timedelta(days=30)
KEEP_INBOX = timedelta(days=90)

#: Messages that hold what a person wrote, or a one-time link.
_LETTERS = (MailRequested.type, MultiplierContacted.type)


def note_receipts(session: Session, *, message_ids: Sequence[UUID], now: datetime) -> None:
    """Mark messages as done. The payload of a letter is emptied: it has left, and it held personal data."""
    arrived = outbox_message.c.id.in_(message_ids)
    session.execute(
        sa.update(outbox_message).where(arrived, outbox_message.c.received_at.is_(None)).values(received_at=now)
    )
    session.execute(sa.update(outbox_message).where(arrived, outbox_message.c.type.in_(_LETTERS)).values(payload={}))


def send_again(session: Session, *, since: datetime, now: datetime) -> int:
    """Make everything sent since an instant pending once more, parked ones too; always safe. How many.

    Mails whose payload is gone have left already and stay done.
    """
    statement = (
        sa.update(outbox_message)
        .where(
            outbox_message.c.occurred_at >= since,
            outbox_message.c.payload != sa.cast({}, outbox_message.c.payload.type),
        )
        .values(received_at=None, parked_at=None, available_at=now, attempts=0)
    )
    return cast("sa.CursorResult[Any]", session.execute(statement)).rowcount


def sweep(session: Session, *, now: datetime) -> None:
    """Delete what is done and old enough: outbox rows after 30 days, inbox rows after 90. Parked ones stay."""
    session.execute(sa.delete(outbox_message).where(outbox_message.c.received_at < now - KEEP_DONE_OUTBOX))
    session.execute(
        sa.delete(inbox_message).where(
            inbox_message.c.arrived_at < now - KEEP_INBOX,
            inbox_message.c.outcome.is_not(None),
            inbox_message.c.outcome != "parked",
        )
    )


@dataclass(frozen=True)
class Backlog:
    """How far behind a service's messages are."""

    pending: int
    oldest_pending_seconds: float
    parked_outgoing: int
    parked_incoming: int


def backlog(session: Session, *, now: datetime) -> Backlog:
    """Counts for /readyz and /metrics; cheap, for both sides have partial indexes."""
    pending = session.execute(
        sa.select(sa.func.count(), sa.func.min(outbox_message.c.occurred_at)).where(
            outbox_message.c.received_at.is_(None), outbox_message.c.parked_at.is_(None)
        )
    ).one()
    oldest = (now - pending[1]).total_seconds() if pending[1] else 0.0
    return Backlog(
        pending=pending[0],
        oldest_pending_seconds=max(0.0, oldest),
        parked_outgoing=_count(session, outbox_message.c.parked_at.is_not(None)),
        parked_incoming=_count(session, inbox_message.c.outcome == "parked"),
    )


def _count(session: Session, condition: sa.ColumnElement[bool]) -> int:
    return session.execute(sa.select(sa.func.count()).where(condition)).scalar_one()
