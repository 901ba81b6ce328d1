"""Keys are announced before they sign and revoked with a reason; certificates name their key; lists are published."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REASON = sa.Enum(
    "compromised",
    "suspected",
    "unfit",
    name="keyrevocationreason",
    native_enum=False,
    create_constraint=True,
    length=40,
)
_CHECKS = {
    "ended_when_over": "(state IN ('retired', 'revoked')) = (ended_at IS NOT NULL)",
    "announced_has_not_signed": "state <> 'announced' OR activated_at IS NULL",
    "active_has_begun": "state NOT IN ('active', 'retired') OR activated_at IS NOT NULL",
    "revocation_whole": (
        "(state = 'revoked') = (revoked_at IS NOT NULL) AND (state = 'revoked') = (revocation_reason IS NOT NULL)"
    ),
    "code_in_address": "code ~ '^[a-z0-9][a-z0-9-]{0,62}$' AND code NOT LIKE '%-jwk'",
}


def upgrade() -> None:
    """Make the change."""
    _give_keys_a_life()
    op.add_column(
        "certificate",
        sa.Column(
            "signing_key_code",
            sa.Text(),
            sa.Computed(
                """"substring"(credential, '"verificationMethod": *"[^"#]*#([^"]+)"'::text)""",
                persisted=True,
            ),
            nullable=True,
        ),
    )
    op.create_index("ix_certificate_signing_key", "certificate", ["signing_key_code", "issued_at", "id"])
    op.add_column("status_list", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("status_list", sa.Column("publication_problem", sa.Text(), nullable=True))


def _give_keys_a_life() -> None:
    """Whatever is recorded so far has signed from the day it was added."""
    op.add_column("signing_key", sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("signing_key", sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("signing_key", sa.Column("revocation_reason", _REASON, nullable=True))
    op.drop_constraint(op.f("ck_signing_key_ended_when_not_active"), "signing_key", type_="check")
    op.drop_constraint(op.f("ck_signing_key_keystate"), "signing_key", type_="check")
    op.create_check_constraint(
        op.f("ck_signing_key_keystate"), "signing_key", "state IN ('announced', 'active', 'retired', 'revoked')"
    )
    op.execute("UPDATE signing_key SET activated_at = added_at")
    op.execute("UPDATE signing_key SET revoked_at = ended_at, revocation_reason = 'suspected' WHERE state = 'revoked'")
    for name, condition in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_signing_key_{name}"), "signing_key", condition)


def downgrade() -> None:
    """Take the change back. Keys that were announced and have not signed are forgotten."""
    op.drop_column("status_list", "publication_problem")
    op.drop_column("status_list", "published_at")
    op.drop_index("ix_certificate_signing_key", table_name="certificate")
    op.drop_column("certificate", "signing_key_code")
    for name in _CHECKS:
        op.drop_constraint(op.f(f"ck_signing_key_{name}"), "signing_key", type_="check")
    op.execute("DELETE FROM signing_key WHERE state = 'announced'")
    op.drop_constraint(op.f("ck_signing_key_keystate"), "signing_key", type_="check")
    op.create_check_constraint(
        op.f("ck_signing_key_keystate"), "signing_key", "state IN ('active', 'retired', 'revoked')"
    )
    op.create_check_constraint(
        op.f("ck_signing_key_ended_when_not_active"), "signing_key", "(state = 'active') = (ended_at IS NULL)"
    )
    op.drop_column("signing_key", "revocation_reason")
    op.drop_column("signing_key", "revoked_at")
    op.drop_column("signing_key", "activated_at")
