"""Certificates hold the twin of their credential: the same facts as a JSON Web Token."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Certificates that were issued before have none, and get none: what was issued stays as it is.

    The guard of 0005 compares columns by name and keeps this one too.
    """
    op.add_column("certificate", sa.Column("credential_jwt", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_certificate_erased_twin"), "certificate", "erased_at IS NULL OR credential_jwt IS NULL"
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_constraint(op.f("ck_certificate_erased_twin"), "certificate", type_="check")
    op.drop_column("certificate", "credential_jwt")
