"""The outbox, the inbox and what is known of each subject; in every service's own database."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shared.db.base import service_metadata

metadata = service_metadata()

#: Grows with every event of this service; `subject_version` comes from it.
outbox_sequence = sa.Sequence("outbox_sequence", metadata=metadata)

#: One row per event and subscriber, written in the transaction that made the fact true.
#: A row is done when its receipt has come back (`received_at`); until then it is sent again with growing pauses.
#: Personal data: the payload's; mail payloads are emptied with the receipt, done rows deleted after 30 days.
outbox_message = sa.Table(
    "outbox_message",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True, comment="message id, and Celery's task id"),
    sa.Column("event_id", sa.Uuid, nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("destination", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Uuid, nullable=False),
    sa.Column("subject_version", sa.BigInteger, nullable=False),
    sa.Column("payload", JSONB, nullable=False),
    sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("trace", JSONB, nullable=False),
    sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("published_at", sa.DateTime(timezone=True)),
    sa.Column("received_at", sa.DateTime(timezone=True)),
    sa.Column("parked_at", sa.DateTime(timezone=True)),
    sa.Column("last_error", sa.Text),
)
sa.Index(
    "ix_outbox_message_pending",
    outbox_message.c.available_at,
    outbox_message.c.sequence,
    postgresql_where=sa.and_(outbox_message.c.received_at.is_(None), outbox_message.c.parked_at.is_(None)),
)
sa.Index("ix_outbox_message_received_at", outbox_message.c.received_at)
sa.Index("ix_outbox_message_occurred_at", outbox_message.c.occurred_at)

#: One row per message that arrived. `outcome` is empty until the message is dealt with.
#: Personal data: `envelope` of failed and parked messages only; rows are deleted after 90 days.
inbox_message = sa.Table(
    "inbox_message",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True, comment="message id"),
    sa.Column("producer", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column(
        "outcome",
        sa.Text,
        sa.CheckConstraint("outcome IN ('handled', 'outdated', 'parked')", name="outcome"),
    ),
    sa.Column("receipt_sent_at", sa.DateTime(timezone=True)),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_error", sa.Text),
    sa.Column("envelope", JSONB),
)
sa.Index(
    "ix_inbox_message_receipt_due",
    inbox_message.c.arrived_at,
    postgresql_where=sa.and_(inbox_message.c.outcome.is_not(None), inbox_message.c.receipt_sent_at.is_(None)),
)
sa.Index("ix_inbox_message_parked", inbox_message.c.arrived_at, postgresql_where=inbox_message.c.outcome == "parked")
sa.Index("ix_inbox_message_arrived_at", inbox_message.c.arrived_at)

#: The newest version of each foreign subject that this service has taken in. No personal data but ids.
known_subject = sa.Table(
    "known_subject",
    metadata,
    sa.Column("producer", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("subject_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
)
