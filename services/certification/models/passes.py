"""Passes of associations, and the versions of the rule that awards them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.passes import PassState
from services.certification.models.base import Base
from shared.db import enum_column


class AssociationPass(Base):
    """The one pass of an association, through all its states. Personal data: none."""

    __tablename__ = "association_pass"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    association_id: Mapped[UUID]
    state: Mapped[PassState] = enum_column(PassState)
    #: The version of the rule that it was last weighed with.
    rule_version: Mapped[int] = mapped_column(sa.ForeignKey("pass_rule_version.version"))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    awarded_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("association_id"),
        sa.CheckConstraint("valid_until >= valid_from", name="valid_in_order"),
        sa.Index("ix_association_pass_newest", "awarded_at", "id"),
        sa.Index("ix_association_pass_ending", "valid_until", postgresql_where=sa.text("state <> 'ended'")),
    )


class PassRuleVersion(Base):
    """One version of the conditions of the pass; the highest counts. Personal data: who of the office wrote it (id)."""

    __tablename__ = "pass_rule_version"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    members_needed: Mapped[int]
    level_codes: Mapped[list[str]] = mapped_column(JSONB)
    validity_months: Mapped[int]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]

    __table_args__ = (
        sa.CheckConstraint("members_needed BETWEEN 1 AND 20", name="members_needed_sensible"),
        sa.CheckConstraint("validity_months BETWEEN 1 AND 120", name="validity_months_sensible"),
    )
