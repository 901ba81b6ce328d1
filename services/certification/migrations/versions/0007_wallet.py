"""Create offers to wallets, used challenges and copies in wallets; status lists get the purpose of wallets."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OFFER_STATE = sa.Enum(
    "open", "redeemed", "issued", "closed", name="offerstate", native_enum=False, create_constraint=True, length=40
)
_OUTCOME = sa.Enum(
    "credential_accepted",
    "credential_failure",
    "credential_deleted",
    name="copyoutcome",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    """Make the change."""
    _allow_purposes("'revocation', 'suspension', 'wallet'")
    _make_offers()
    op.create_table(
        "wallet_nonce",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_wallet_nonce")),
    )
    op.create_index(op.f("ix_wallet_nonce_expires_at"), "wallet_nonce", ["expires_at"])
    _make_copies()


def _allow_purposes(purposes: str) -> None:
    op.drop_constraint(op.f("ck_status_list_statuspurpose"), "status_list", type_="check")
    op.create_check_constraint(op.f("ck_status_list_statuspurpose"), "status_list", f"purpose IN ({purposes})")


def _make_offers() -> None:
    op.create_table(
        "wallet_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("state", _OFFER_STATE, nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("needs_pin", sa.Boolean(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        sa.Column("reference_fingerprint", sa.Text(), nullable=False),
        sa.Column("code_fingerprint", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_fingerprint", sa.Text(), nullable=True),
        sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uses_identifier", sa.Boolean(), nullable=False),
        sa.CheckConstraint("wrong_pins BETWEEN 0 AND 5", name=op.f("ck_wallet_offer_pins_limited")),
        sa.CheckConstraint(
            "(state IN ('redeemed', 'issued')) = (token_fingerprint IS NOT NULL)"
            " AND (token_fingerprint IS NULL) = (token_expires_at IS NULL)",
            name=op.f("ck_wallet_offer_token_when_redeemed"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_wallet_offer_certificate_id_certificate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wallet_offer")),
        sa.UniqueConstraint("reference_fingerprint", name=op.f("uq_wallet_offer_reference_fingerprint")),
        sa.UniqueConstraint("code_fingerprint", name=op.f("uq_wallet_offer_code_fingerprint")),
        sa.UniqueConstraint("token_fingerprint", name=op.f("uq_wallet_offer_token_fingerprint")),
    )
    op.create_index(
        "uq_wallet_offer_one_open",
        "wallet_offer",
        ["certificate_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(op.f("ix_wallet_offer_expires_at"), "wallet_offer", ["expires_at"])


def _make_copies() -> None:
    op.create_table(
        "wallet_copy",
        sa.Column("status_list_id", sa.Uuid(), nullable=False),
        sa.Column("status_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("notification_fingerprint", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", _OUTCOME, nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_wallet_copy_certificate_id_certificate")
        ),
        sa.ForeignKeyConstraint(
            ["status_list_id", "status_index"],
            ["status_entry.status_list_id", "status_entry.index"],
            name=op.f("fk_wallet_copy_status_list_id_status_index_status_entry"),
        ),
        sa.PrimaryKeyConstraint("status_list_id", "status_index", name=op.f("pk_wallet_copy")),
    )
    for column in ("certificate_id", "offer_id", "notification_fingerprint"):
        op.create_index(op.f(f"ix_wallet_copy_{column}"), "wallet_copy", [column])


def downgrade() -> None:
    """Take the change back; wallets' lists have to be gone before."""
    op.drop_table("wallet_copy")
    op.drop_table("wallet_nonce")
    op.drop_table("wallet_offer")
    _allow_purposes("'revocation', 'suspension'")
