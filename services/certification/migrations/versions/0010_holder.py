"""Create what holders show: choices, links, evidence, endorsements."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STATE = sa.Enum(
    "asked", "given", "withdrawn", name="endorsementstate", native_enum=False, create_constraint=True, length=40
)
_ROLE = sa.Enum(
    "trainer", "board", "office", "person", name="endorserrole", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "holder_choice",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _of_certificate("holder_choice"),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_holder_choice")),
    )
    _make_shares()
    _make_evidence()
    _make_endorsements()


def _of_certificate(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["certificate_id"], ["certificate.id"], name=op.f(f"fk_{table}_certificate_id_certificate")
    )


def _make_shares() -> None:
    op.create_table(
        "share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("shows_results", sa.Boolean(), nullable=False),
        sa.Column("shows_workshops", sa.Boolean(), nullable=False),
        sa.Column("shows_evidence", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_share_ends_after_start")),
        _of_certificate("share"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("token", name=op.f("uq_share_token")),
    )
    op.create_index(op.f("ix_share_certificate_id"), "share", ["certificate_id"])
    op.create_index(op.f("ix_share_expires_at"), "share", ["expires_at"])


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _of_certificate("evidence"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_certificate_id"), "evidence", ["certificate_id"])


def _make_endorsements() -> None:
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("asked_name", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", _STATE, nullable=False),
        sa.Column("endorser_id", sa.Uuid(), nullable=True),
        sa.Column("endorser_name", sa.Text(), nullable=True),
        sa.Column("endorser_role", _ROLE, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(state = 'given') = (text IS NOT NULL) AND (state = 'given') = (given_at IS NOT NULL)"
            " AND (text IS NULL OR (endorser_id IS NOT NULL AND endorser_name IS NOT NULL"
            " AND endorser_role IS NOT NULL))",
            name=op.f("ck_endorsement_given_whole"),
        ),
        sa.CheckConstraint("state = 'given' OR NOT is_shown", name=op.f("ck_endorsement_shown_when_given")),
        _of_certificate("endorsement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
        sa.UniqueConstraint("token", name=op.f("uq_endorsement_token")),
    )
    op.create_index(op.f("ix_endorsement_certificate_id"), "endorsement", ["certificate_id"])
    op.create_index("ix_endorsement_waiting", "endorsement", ["asked_at"], postgresql_where=sa.text("state = 'asked'"))


def downgrade() -> None:
    """Take the change back."""
    for table in ("endorsement", "evidence", "share", "holder_choice"):
        op.drop_table(table)
