"""Create the tables of certification."""

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
        "association_copy",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("association_id", name=op.f("pk_association_copy")),
    )
    op.create_table(
        "issuance_log_entry",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "certificate_issued",
                "certificate_revoked",
                "key_added",
                "pass_changed",
                name="logkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_issuance_log_entry_position_from_one")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_issuance_log_entry")),
        sa.UniqueConstraint("entry_hash", name=op.f("uq_issuance_log_entry_entry_hash")),
    )
    op.create_index(
        op.f("ix_issuance_log_entry_subject_id_position"),
        "issuance_log_entry",
        ["subject_id", "position"],
        unique=False,
    )
    op.create_table(
        "level_completion",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("attendance_completed_on", sa.Date(), nullable=True),
        sa.Column("units_attended", sa.Integer(), nullable=True),
        sa.Column("units_offered", sa.Integer(), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("quizzes_passed", sa.Integer(), nullable=True),
        sa.Column("assignments_accepted", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(attendance_completed_on IS NULL) = (units_attended IS NULL)"
            " AND (attendance_completed_on IS NULL) = (units_offered IS NULL)",
            name=op.f("ck_level_completion_attendance_whole"),
        ),
        sa.CheckConstraint(
            "(passed_on IS NULL) = (quizzes_passed IS NULL) AND (passed_on IS NULL) = (assignments_accepted IS NULL)",
            name=op.f("ck_level_completion_result_whole"),
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_level_completion")),
    )
    op.create_index(op.f("ix_level_completion_level_code"), "level_completion", ["level_code"], unique=False)
    op.create_index(op.f("ix_level_completion_person_id"), "level_completion", ["person_id"], unique=False)
    op.create_index(op.f("ix_level_completion_run_id"), "level_completion", ["run_id"], unique=False)
    op.create_table(
        "level_copy",
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("modules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("level_id", name=op.f("pk_level_copy")),
        sa.UniqueConstraint("code", name=op.f("uq_level_copy_code")),
    )
    op.create_table(
        "membership_copy",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_membership_copy")),
    )
    op.create_index(op.f("ix_membership_copy_association_id"), "membership_copy", ["association_id"], unique=False)
    op.create_index(op.f("ix_membership_copy_person_id"), "membership_copy", ["person_id"], unique=False)
    op.create_table(
        "pass_rule_version",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("members_needed", sa.Integer(), nullable=False),
        sa.Column("level_codes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("validity_months", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "members_needed BETWEEN 1 AND 20", name=op.f("ck_pass_rule_version_members_needed_sensible")
        ),
        sa.CheckConstraint(
            "validity_months BETWEEN 1 AND 120", name=op.f("ck_pass_rule_version_validity_months_sensible")
        ),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_pass_rule_version")),
    )
    op.create_table(
        "person_copy",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_copy")),
    )
    op.create_index(op.f("ix_person_copy_full_name"), "person_copy", ["full_name"], unique=False)
    op.create_table(
        "run_copy",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("carrier_name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_copy")),
    )
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("multibase", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active", "retired", "revoked", name="keystate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'active') = (ended_at IS NULL)", name=op.f("ck_signing_key_ended_when_not_active")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("code", name=op.f("uq_signing_key_code")),
        sa.UniqueConstraint("multibase", name=op.f("uq_signing_key_multibase")),
    )
    op.create_table(
        "status_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "revocation", "suspension", name="statuspurpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_list")),
        sa.UniqueConstraint("code", name=op.f("uq_status_list_code")),
    )
    op.create_index(
        "uq_status_list_one_open", "status_list", ["purpose"], unique=True, postgresql_where=sa.text("is_open")
    )
    op.create_table(
        "association_pass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "awarded", "suspended", "ended", name="passstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_association_pass_valid_in_order")),
        sa.ForeignKeyConstraint(
            ["rule_version"],
            ["pass_rule_version.version"],
            name=op.f("fk_association_pass_rule_version_pass_rule_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_association_pass")),
        sa.UniqueConstraint("association_id", name=op.f("uq_association_pass_association_id")),
        sa.UniqueConstraint("number", name=op.f("uq_association_pass_number")),
    )
    op.create_index(
        "ix_association_pass_ending",
        "association_pass",
        ["valid_until"],
        unique=False,
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index("ix_association_pass_newest", "association_pass", ["awarded_at", "id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("issued", "revoked", name="certificatestate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("level_title", sa.Text(), nullable=False),
        sa.Column("modules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("units_attended", sa.Integer(), nullable=False),
        sa.Column("units_offered", sa.Integer(), nullable=False),
        sa.Column("quizzes_passed", sa.Integer(), nullable=False),
        sa.Column("assignments_accepted", sa.Integer(), nullable=False),
        sa.Column("fulfilled_on", sa.Date(), nullable=False),
        sa.Column("carrier_name", sa.Text(), nullable=False),
        sa.Column("run_title", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("credential_sha256", sa.Text(), nullable=False),
        sa.Column("log_salt", sa.Text(), nullable=False),
        sa.Column("status_list_id", sa.Uuid(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("document_key", sa.Text(), nullable=True),
        sa.Column("document_sha256", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "revocation_reason",
            sa.Enum(
                "issued_in_error",
                "conditions_not_met",
                "wrong_person",
                "holder_asked",
                "replaced",
                name="revocationreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("revocation_note", sa.Text(), nullable=True),
        sa.Column("revoked_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "review_reason",
            sa.Enum(
                "attendance_reopened",
                "result_reopened",
                name="reviewreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("review_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_at IS NOT NULL) AND (state = 'revoked') = (revocation_reason IS NOT NULL)",
            name=op.f("ck_certificate_revocation_whole"),
        ),
        sa.CheckConstraint(
            "(document_key IS NULL) = (document_sha256 IS NULL)", name=op.f("ck_certificate_document_whole")
        ),
        sa.CheckConstraint(
            "(review_opened_at IS NULL) = (review_reason IS NULL)", name=op.f("ck_certificate_review_whole")
        ),
        sa.CheckConstraint(
            "status_index >= 0 AND status_index < 131072", name=op.f("ck_certificate_status_index_in_list")
        ),
        sa.ForeignKeyConstraint(
            ["status_list_id"], ["status_list.id"], name=op.f("fk_certificate_status_list_id_status_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sa.UniqueConstraint("place_id", name=op.f("uq_certificate_place_id")),
        sa.UniqueConstraint("status_list_id", "status_index", name=op.f("uq_certificate_status_list_id_status_index")),
    )
    op.create_index("ix_certificate_newest", "certificate", ["issued_at", "id"], unique=False)
    op.create_index(
        "ix_certificate_review",
        "certificate",
        ["review_opened_at"],
        unique=False,
        postgresql_where=sa.text("review_opened_at IS NOT NULL"),
    )
    op.create_index(
        "ix_certificate_revoked",
        "certificate",
        ["status_list_id"],
        unique=False,
        postgresql_where=sa.text("state = 'revoked'"),
    )
    op.create_index(
        "uq_certificate_one_issued",
        "certificate",
        ["person_id", "level_code"],
        unique=True,
        postgresql_where=sa.text("state = 'issued'"),
    )
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
    op.drop_index("uq_certificate_one_issued", table_name="certificate", postgresql_where=sa.text("state = 'issued'"))
    op.drop_index("ix_certificate_revoked", table_name="certificate", postgresql_where=sa.text("state = 'revoked'"))
    op.drop_index(
        "ix_certificate_review", table_name="certificate", postgresql_where=sa.text("review_opened_at IS NOT NULL")
    )
    op.drop_index("ix_certificate_newest", table_name="certificate")
    op.drop_table("certificate")
    op.drop_index("ix_association_pass_newest", table_name="association_pass")
    op.drop_index(
        "ix_association_pass_ending", table_name="association_pass", postgresql_where=sa.text("state <> 'ended'")
    )
    op.drop_table("association_pass")
    op.drop_index("uq_status_list_one_open", table_name="status_list", postgresql_where=sa.text("is_open"))
    op.drop_table("status_list")
    op.drop_table("signing_key")
    op.drop_table("run_copy")
    op.drop_index(op.f("ix_person_copy_full_name"), table_name="person_copy")
    op.drop_table("person_copy")
    op.drop_table("pass_rule_version")
    op.drop_index(op.f("ix_membership_copy_person_id"), table_name="membership_copy")
    op.drop_index(op.f("ix_membership_copy_association_id"), table_name="membership_copy")
    op.drop_table("membership_copy")
    op.drop_table("level_copy")
    op.drop_index(op.f("ix_level_completion_run_id"), table_name="level_completion")
    op.drop_index(op.f("ix_level_completion_person_id"), table_name="level_completion")
    op.drop_index(op.f("ix_level_completion_level_code"), table_name="level_completion")
    op.drop_table("level_completion")
    op.drop_index(op.f("ix_issuance_log_entry_subject_id_position"), table_name="issuance_log_entry")
    op.drop_table("issuance_log_entry")
    op.drop_table("association_copy")
    op.execute(sa.schema.DropSequence(sa.Sequence("outbox_sequence")))
