"""Weighing all associations by a new version of the rule of the pass."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.weighings import WeighingState
from services.certification.models.base import Base
from shared.db import enum_column


class PassWeighing(Base):
    """How far the weighing by one version is. Personal data: none; who set the rule stands at the version."""

    __tablename__ = "pass_weighing"

    rule_version: Mapped[int] = mapped_column(
        sa.ForeignKey("pass_rule_version.version"), primary_key=True, autoincrement=False
    )
    state: Mapped[WeighingState] = enum_column(WeighingState)
    #: The chain of steps that is at work; a step of another chain does nothing.
    lane_id: Mapped[UUID]
    #: How many associations there were when it began.
    total: Mapped[int]
    weighed: Mapped[int]
    #: The last association that was weighed, in the order of locking.
    weighed_up_to: Mapped[UUID | None]
    awarded: Mapped[int]
    in_grace: Mapped[int]
    suspended: Mapped[int]
    ended: Mapped[int]
    started_at: Mapped[datetime]
    last_step_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    #: The version whose weighing was still under way and ended with the beginning of this one.
    overtook_version: Mapped[int | None] = mapped_column(sa.ForeignKey("pass_weighing.rule_version"))

    __table_args__ = (
        sa.Index(
            "uq_pass_weighing_one_running",
            "state",
            unique=True,
            postgresql_where=sa.text("state = 'running'"),
        ),
        sa.CheckConstraint("(state = 'running') = (ended_at IS NULL)", name="ended_whole"),
        sa.CheckConstraint("weighed BETWEEN 0 AND total", name="weighed_within_total"),
        sa.CheckConstraint("awarded + in_grace + suspended + ended <= weighed", name="changes_within_weighed"),
    )
