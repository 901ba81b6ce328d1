"""A batch says what it waits for."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    problems = sa.Enum(
        "key_away",
        "key_missing",
        "key_unknown",
        name="batchproblem",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.add_column("issue_batch", sa.Column("problem", problems, nullable=True))
    op.add_column("issue_batch", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint("problem_whole", "issue_batch", "(problem IS NULL) = (tried_at IS NULL)")


def downgrade() -> None:
    """Take the change back."""
    op.drop_constraint(op.f("ck_issue_batch_problem_whole"), "issue_batch", type_="check")
    op.drop_column("issue_batch", "tried_at")
    op.drop_column("issue_batch", "problem")
