"""Certificates that wait for a person to release them, and the versions of the rule that holds them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.releases import RefusalReason, ReleaseState
from services.certification.models.base import Base
from shared.db import enum_column


class ReleaseRuleVersion(Base):
    """One version of which levels are held; the highest counts. Personal data: who of the office wrote it (id)."""

    __tablename__ = "release_rule_version"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level_codes: Mapped[list[str]]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]

    __table_args__ = (sa.CheckConstraint("version >= 1", name="version_from_one"),)


class ReleaseRequest(Base):
    """One place whose certificate is held before it is issued: until then there is no certificate.

    Personal data: whose certificate waits, why it was refused, what the office wrote to the person; kept as the reason
    of a certificate.
    """

    __tablename__ = "release_request"

    place_id: Mapped[UUID] = mapped_column(sa.ForeignKey("level_completion.place_id"), primary_key=True)
    person_id: Mapped[UUID]
    level_code: Mapped[str]
    state: Mapped[ReleaseState] = enum_column(ReleaseState)
    held_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    refusal_reason: Mapped[RefusalReason | None] = enum_column(RefusalReason, nullable=True)
    #: What the office wrote; the person reads it.
    refusal_note: Mapped[str | None]

    __table_args__ = (
        sa.Index(None, "person_id"),
        sa.Index("ix_release_request_waiting", "held_at", "place_id", postgresql_where=sa.text("state = 'waiting'")),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal_reason IS NOT NULL) AND (state = 'refused') = (refusal_note IS NOT NULL)",
            name="refusal_whole",
        ),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_when_not_waiting"),
    )
