"""Remember that people must be told of changed dates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("run", sa.Column("change_letter_due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_run_change_letter_due",
        "run",
        ["change_letter_due_at"],
        postgresql_where=sa.text("change_letter_due_at IS NOT NULL"),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_run_change_letter_due", table_name="run")
    op.drop_column("run", "change_letter_due_at")
