"""Create the tables that every service has: messages, audit, limits."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.execute(sa.schema.CreateSequence(sa.Sequence("outbox_sequence")))
    op.create_table(
        "attempt_counter",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("window_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt_counter")),
    )
    op.create_index(op.f("ix_attempt_counter_window_ends_at"), "attempt_counter", ["window_ends_at"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True, comment="null: the platform itself"),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("trace", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(
        op.f("ix_audit_entry_actor_id_occurred_at"), "audit_entry", ["actor_id", "occurred_at"], unique=False
    )
    op.create_index(
        op.f("ix_audit_entry_subject_subject_id_occurred_at"),
        "audit_entry",
        ["subject", "subject_id", "occurred_at"],
        unique=False,
    )
    op.create_table(
        "idempotency_record",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_fingerprint", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_idempotency_record")),
    )
    op.create_index(op.f("ix_idempotency_record_created_at"), "idempotency_record", ["created_at"], unique=False)
    op.create_table(
        "inbox_message",
        sa.Column("id", sa.Uuid(), nullable=False, comment="message id"),
        sa.Column("producer", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("receipt_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("envelope", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint("outcome IN ('handled', 'outdated', 'parked')", name=op.f("ck_inbox_message_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_message")),
    )
    op.create_index("ix_inbox_message_arrived_at", "inbox_message", ["arrived_at"], unique=False)
    op.create_index(
        "ix_inbox_message_parked",
        "inbox_message",
        ["arrived_at"],
        unique=False,
        postgresql_where=sa.text("outcome = 'parked'"),
    )
    op.create_index(
        "ix_inbox_message_receipt_due",
        "inbox_message",
        ["arrived_at"],
        unique=False,
        postgresql_where=sa.text("outcome IS NOT NULL AND receipt_sent_at IS NULL"),
    )
    op.create_table(
        "known_subject",
        sa.Column("producer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("producer", "subject", "subject_id", name=op.f("pk_known_subject")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Uuid(), nullable=False, comment="message id, and Celery's task id"),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_version", sa.BigInteger(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trace", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    op.create_index("ix_outbox_message_occurred_at", "outbox_message", ["occurred_at"], unique=False)
    op.create_index(
        "ix_outbox_message_pending",
        "outbox_message",
        ["available_at", "sequence"],
        unique=False,
        postgresql_where=sa.text("received_at IS NULL AND parked_at IS NULL"),
    )
    op.create_index("ix_outbox_message_received_at", "outbox_message", ["received_at"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_outbox_message_received_at", table_name="outbox_message")
    op.drop_index(
        "ix_outbox_message_pending",
        table_name="outbox_message",
        postgresql_where=sa.text("received_at IS NULL AND parked_at IS NULL"),
    )
    op.drop_index("ix_outbox_message_occurred_at", table_name="outbox_message")
    op.drop_table("outbox_message")
    op.drop_table("known_subject")
    op.drop_index(
        "ix_inbox_message_receipt_due",
        table_name="inbox_message",
        postgresql_where=sa.text("outcome IS NOT NULL AND receipt_sent_at IS NULL"),
    )
    op.drop_index("ix_inbox_message_parked", table_name="inbox_message", postgresql_where=sa.text("outcome = 'parked'"))
    op.drop_index("ix_inbox_message_arrived_at", table_name="inbox_message")
    op.drop_table("inbox_message")
    op.drop_index(op.f("ix_idempotency_record_created_at"), table_name="idempotency_record")
    op.drop_table("idempotency_record")
    op.drop_index(op.f("ix_audit_entry_subject_subject_id_occurred_at"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_actor_id_occurred_at"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index(op.f("ix_attempt_counter_window_ends_at"), table_name="attempt_counter")
    op.drop_table("attempt_counter")
    op.execute(sa.schema.DropSequence(sa.Sequence("outbox_sequence")))
