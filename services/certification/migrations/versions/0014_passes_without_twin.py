"""A pass has no twin as JWT where the key's place cannot sign one."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.alter_column("pass_credential", "credential_jwt", existing_type=sa.Text(), nullable=True)


def downgrade() -> None:
    """Take the change back; passes without a twin must be issued anew before."""
    op.alter_column("pass_credential", "credential_jwt", existing_type=sa.Text(), nullable=False)
