"""Passes have a grace, a history and credentials of their own; the public registers get their entries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_STATES = ("awarded", "grace", "suspended", "ended")
_KINDS = ("awarded", "grace", "suspended", "returned", "ended", "renewed")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the change."""
    _extend_rules()
    _extend_passes()
    _make_history()
    _make_credentials()
    _make_entries()


def _extend_rules() -> None:
    """Versions so far knew no grace; they keep what they said when they were written."""
    op.add_column("pass_rule_version", sa.Column("grace_days", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "pass_rule_version", sa.Column("renewal_window_days", sa.Integer(), nullable=False, server_default="90")
    )
    op.add_column(
        "pass_rule_version",
        sa.Column("reminder_days", postgresql.JSONB(), nullable=False, server_default=sa.text("'[90, 30, 7]'")),
    )
    op.add_column("pass_rule_version", sa.Column("certificate_months", sa.Integer(), nullable=True))
    op.add_column("pass_rule_version", sa.Column("effective_on", sa.Date(), nullable=True))
    for column in ("grace_days", "renewal_window_days", "reminder_days"):
        op.alter_column("pass_rule_version", column, server_default=None)
    op.create_check_constraint(
        op.f("ck_pass_rule_version_grace_days_sensible"), "pass_rule_version", "grace_days BETWEEN 0 AND 365"
    )
    op.create_check_constraint(
        op.f("ck_pass_rule_version_renewal_window_days_sensible"),
        "pass_rule_version",
        "renewal_window_days BETWEEN 1 AND 365",
    )
    op.create_check_constraint(
        op.f("ck_pass_rule_version_certificate_months_sensible"),
        "pass_rule_version",
        "certificate_months BETWEEN 1 AND 240",
    )


def _extend_passes() -> None:
    op.add_column("association_pass", sa.Column("grace_until", sa.Date(), nullable=True))
    op.add_column("association_pass", sa.Column("reminded_days", sa.Integer(), nullable=True))
    op.drop_constraint(op.f("ck_association_pass_passstate"), "association_pass", type_="check")
    op.create_check_constraint(
        op.f("ck_association_pass_passstate"), "association_pass", sa.column("state").in_(_STATES)
    )
    op.create_check_constraint(
        op.f("ck_association_pass_grace_has_a_last_day"),
        "association_pass",
        "(state = 'grace') = (grace_until IS NOT NULL)",
    )


def _make_history() -> None:
    """The history begins with what is known: the award, and the state of today."""
    op.create_table(
        "pass_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pass_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _enum("passchangekind", *_KINDS), nullable=False),
        sa.Column("state", _enum("passstate", *_STATES), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("grace_until", sa.Date(), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pass_id"], ["association_pass.id"], name=op.f("fk_pass_change_pass_id_association_pass")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_change")),
    )
    op.create_index(op.f("ix_pass_change_pass_id_changed_at"), "pass_change", ["pass_id", "changed_at"])
    line = (
        "INSERT INTO pass_change (id, pass_id, kind, state, changed_at, changed_on, valid_until, rule_version)"
        " SELECT gen_random_uuid(), id, {kind}, {kind}, {at}, ({at} AT TIME ZONE 'Europe/Berlin')::date, valid_until,"
        " rule_version FROM association_pass"
    )
    op.execute(line.format(kind="'awarded'", at="awarded_at"))
    op.execute(line.format(kind="state", at="changed_at") + " WHERE state <> 'awarded'")


def _make_credentials() -> None:
    op.create_table(
        "pass_credential",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pass_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("association_name", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("credential_sha256", sa.Text(), nullable=False),
        sa.Column("credential_jwt", sa.Text(), nullable=False),
        sa.Column("log_salt", sa.Text(), nullable=False),
        sa.Column("status_list_id", sa.Uuid(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_pass_credential_valid_in_order")),
        sa.ForeignKeyConstraint(
            ["pass_id"], ["association_pass.id"], name=op.f("fk_pass_credential_pass_id_association_pass")
        ),
        sa.ForeignKeyConstraint(
            ["status_list_id", "status_index"],
            ["status_entry.status_list_id", "status_entry.index"],
            name=op.f("fk_pass_credential_status_list_id_status_index_status_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_credential")),
        sa.UniqueConstraint("pass_id", "sequence", name=op.f("uq_pass_credential_pass_id_sequence")),
        sa.UniqueConstraint(
            "status_list_id", "status_index", name=op.f("uq_pass_credential_status_list_id_status_index")
        ),
        sa.UniqueConstraint("url", name=op.f("uq_pass_credential_url")),
    )
    op.create_index(
        "uq_pass_credential_one_present",
        "pass_credential",
        ["pass_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def _make_entries() -> None:
    op.create_table(
        "association_entry",
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("languages", postgresql.JSONB(), nullable=False),
        sa.Column("topics", postgresql.JSONB(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consented_by_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("association_id", name=op.f("pk_association_entry")),
    )
    op.create_table(
        "multiplier_entry",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("region_codes", postgresql.JSONB(), nullable=False),
        sa.Column("languages", postgresql.JSONB(), nullable=False),
        sa.Column("topics", postgresql.JSONB(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("takes_messages", sa.Boolean(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_multiplier_entry")),
        sa.UniqueConstraint("public_id", name=op.f("uq_multiplier_entry_public_id")),
    )
    op.create_index("ix_multiplier_entry_name", "multiplier_entry", [sa.text("lower(display_name)"), "public_id"])


def downgrade() -> None:
    """Take the change back. A pass in grace is an awarded one in the words of before."""
    for table in ("multiplier_entry", "association_entry", "pass_credential", "pass_change"):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_association_pass_grace_has_a_last_day"), "association_pass", type_="check")
    op.drop_constraint(op.f("ck_association_pass_passstate"), "association_pass", type_="check")
    op.execute("UPDATE association_pass SET state = 'awarded' WHERE state = 'grace'")
    op.create_check_constraint(
        op.f("ck_association_pass_passstate"),
        "association_pass",
        sa.column("state").in_(("awarded", "suspended", "ended")),
    )
    for column in ("reminded_days", "grace_until"):
        op.drop_column("association_pass", column)
    for column in ("effective_on", "certificate_months", "reminder_days", "renewal_window_days", "grace_days"):
        op.drop_column("pass_rule_version", column)
