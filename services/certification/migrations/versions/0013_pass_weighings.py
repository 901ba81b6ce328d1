"""The worker weighs all associations by a new version of the pass's rule: how far it is."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_COUNTS = ("total", "weighed", "awarded", "in_grace", "suspended", "ended")


def upgrade() -> None:
    """Make the change."""
    states = sa.Enum(
        "running",
        "finished",
        "overtaken",
        name="weighingstate",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "pass_weighing",
        sa.Column("rule_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("lane_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.Column("weighed_up_to", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_step_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overtook_version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("rule_version", name=op.f("pk_pass_weighing")),
        sa.ForeignKeyConstraint(
            ["rule_version"],
            ["pass_rule_version.version"],
            name=op.f("fk_pass_weighing_rule_version_pass_rule_version"),
        ),
        sa.ForeignKeyConstraint(
            ["overtook_version"],
            ["pass_weighing.rule_version"],
            name=op.f("fk_pass_weighing_overtook_version_pass_weighing"),
        ),
        sa.CheckConstraint("(state = 'running') = (ended_at IS NULL)", name=op.f("ck_pass_weighing_ended_whole")),
        sa.CheckConstraint("weighed BETWEEN 0 AND total", name=op.f("ck_pass_weighing_weighed_within_total")),
        sa.CheckConstraint(
            "awarded + in_grace + suspended + ended <= weighed", name=op.f("ck_pass_weighing_changes_within_weighed")
        ),
    )
    op.create_index(
        "uq_pass_weighing_one_running",
        "pass_weighing",
        ["state"],
        unique=True,
        postgresql_where=sa.text("state = 'running'"),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("pass_weighing")
