"""Keys have a purpose; what a status list says stands in entries of its own, not at the certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_PURPOSE = sa.Enum(
    "credentials",
    "wallet",
    "documents",
    name="keypurpose",
    native_enum=False,
    create_constraint=True,
    length=40,
)
_ALGORITHM = sa.Enum("ed25519", "p256", name="keyalgorithm", native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the change."""
    _give_keys_a_purpose()
    _make_entries()
    _tie_certificates_to_entries()


def _give_keys_a_purpose() -> None:
    """Every key so far signs credentials."""
    op.add_column("signing_key", sa.Column("purpose", _PURPOSE, nullable=False, server_default="credentials"))
    op.add_column("signing_key", sa.Column("algorithm", _ALGORITHM, nullable=False, server_default="ed25519"))
    op.alter_column("signing_key", "purpose", server_default=None)
    op.alter_column("signing_key", "algorithm", server_default=None)
    op.create_index(
        "uq_signing_key_one_active",
        "signing_key",
        ["purpose"],
        unique=True,
        postgresql_where=sa.text("state = 'active'"),
    )


def _make_entries() -> None:
    op.create_table(
        "status_entry",
        sa.Column("status_list_id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("index >= 0 AND index < 131072", name=op.f("ck_status_entry_index_in_list")),
        sa.CheckConstraint("value BETWEEN 0 AND 3", name=op.f("ck_status_entry_value_of_two_bits")),
        sa.ForeignKeyConstraint(
            ["status_list_id"], ["status_list.id"], name=op.f("fk_status_entry_status_list_id_status_list")
        ),
        sa.PrimaryKeyConstraint("status_list_id", "index", name=op.f("pk_status_entry")),
    )
    op.create_index(op.f("ix_status_entry_subject_id"), "status_entry", ["subject_id"])
    op.create_index("ix_status_entry_set", "status_entry", ["status_list_id"], postgresql_where=sa.text("value <> 0"))
    op.execute(
        "INSERT INTO status_entry (status_list_id, index, subject_id, value)"
        " SELECT status_list_id, status_index, id, CASE WHEN state = 'revoked' THEN 1 ELSE 0 END FROM certificate"
    )


def _tie_certificates_to_entries() -> None:
    op.drop_index("ix_certificate_revoked", table_name="certificate")
    op.drop_constraint("fk_certificate_status_list_id_status_list", "certificate", type_="foreignkey")
    op.drop_constraint(op.f("ck_certificate_status_index_in_list"), "certificate", type_="check")
    op.create_foreign_key(
        op.f("fk_certificate_status_list_id_status_index_status_entry"),
        "certificate",
        "status_entry",
        ["status_list_id", "status_index"],
        ["status_list_id", "index"],
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_constraint("fk_certificate_status_list_id_status_index_status_entry", "certificate", type_="foreignkey")
    op.create_check_constraint(
        op.f("ck_certificate_status_index_in_list"), "certificate", "status_index >= 0 AND status_index < 131072"
    )
    op.create_foreign_key(
        op.f("fk_certificate_status_list_id_status_list"), "certificate", "status_list", ["status_list_id"], ["id"]
    )
    op.create_index(
        "ix_certificate_revoked", "certificate", ["status_list_id"], postgresql_where=sa.text("state = 'revoked'")
    )
    op.drop_table("status_entry")
    op.drop_index("uq_signing_key_one_active", table_name="signing_key")
    op.drop_column("signing_key", "algorithm")
    op.drop_column("signing_key", "purpose")
