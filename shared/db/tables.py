"""Tables that every service has in its own database; its first migration creates them."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from shared.db.base import service_metadata

metadata = service_metadata()

#: Who did what, when, with the values before and after. Personal data: the person who acted, values of people's rows;
#: kept as long as the subject is. Rows are only ever added.
audit_entry = sa.Table(
    "audit_entry",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("actor_id", sa.Uuid, comment="null: the platform itself"),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Uuid, nullable=False),
    sa.Column("before", JSONB),
    sa.Column("after", JSONB),
    sa.Column("trace", JSONB, nullable=False),
    sa.Index(None, "subject", "subject_id", "occurred_at"),
    sa.Index(None, "actor_id", "occurred_at"),
)

#: How often something was tried within a window, by a key that holds no readable personal data (fingerprints, ids).
attempt_counter = sa.Table(
    "attempt_counter",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Index(None, "window_ends_at"),
)

#: The answer given to a POST that bore an Idempotency-Key, so that a repetition gets the same one. Kept for a day.
#: Personal data: whatever the answer holds of the person who asked.
idempotency_record = sa.Table(
    "idempotency_record",
    metadata,
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_fingerprint", sa.Text, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("answer", sa.Text),
    sa.Column("content_type", sa.Text),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, index=True),
)
