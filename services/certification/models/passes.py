"""Passes of associations: the pass, its history, its credentials, and the versions of the rule that awards it."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.passes import PassChangeKind, PassState
from services.certification.models.base import Base
from shared.db import enum_column


class AssociationPass(Base):
    """The one pass of an association, through all its states. Personal data: none."""

    __tablename__ = "association_pass"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    association_id: Mapped[UUID]
    state: Mapped[PassState] = enum_column(PassState)
    #: The last day on which it holds although its conditions are not met.
    grace_until: Mapped[date | None]
    #: The version of the rule that it was last weighed with.
    rule_version: Mapped[int] = mapped_column(sa.ForeignKey("pass_rule_version.version"))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    #: The last reminder of its present end that was sent, in days before that end.
    reminded_days: Mapped[int | None]
    awarded_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("association_id"),
        sa.CheckConstraint("valid_until >= valid_from", name="valid_in_order"),
        sa.CheckConstraint("(state = 'grace') = (grace_until IS NOT NULL)", name="grace_has_a_last_day"),
        sa.Index("ix_association_pass_newest", "awarded_at", "id"),
        sa.Index("ix_association_pass_ending", "valid_until", postgresql_where=sa.text("state <> 'ended'")),
    )


class PassChange(Base):
    """One line of a pass's history; never changed. Personal data: none; who renewed it stands in the audit."""

    __tablename__ = "pass_change"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pass_id: Mapped[UUID] = mapped_column(sa.ForeignKey("association_pass.id"))
    kind: Mapped[PassChangeKind] = enum_column(PassChangeKind)
    #: The state from then on.
    state: Mapped[PassState] = enum_column(PassState)
    changed_at: Mapped[datetime]
    changed_on: Mapped[date]
    valid_until: Mapped[date]
    grace_until: Mapped[date | None]
    rule_version: Mapped[int]

    __table_args__ = (sa.Index(None, "pass_id", "changed_at"),)


class PassCredential(Base):
    """One signed credential of a pass, frozen. A renewal or another name makes the next one, which takes its place.

    Personal data: none; names of associations are public.
    """

    __tablename__ = "pass_credential"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pass_id: Mapped[UUID] = mapped_column(sa.ForeignKey("association_pass.id"))
    #: Counts from 1 within a pass.
    sequence: Mapped[int]
    #: The id that the credential bears: the pass's public page, with the sequence behind a #.
    url: Mapped[str]
    association_name: Mapped[str]
    town: Mapped[str]
    rule_version: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    issued_at: Mapped[datetime]
    #: The signed credential, byte for byte as it is handed out.
    credential: Mapped[str]
    credential_sha256: Mapped[str]
    #: The same credential as a JWT.
    credential_jwt: Mapped[str | None]
    #: The salt of this credential's commitment in the trust log.
    log_salt: Mapped[str]
    status_list_id: Mapped[UUID]
    status_index: Mapped[int]
    superseded_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("url"),
        sa.UniqueConstraint("pass_id", "sequence"),
        sa.UniqueConstraint("status_list_id", "status_index"),
        sa.ForeignKeyConstraint(
            ["status_list_id", "status_index"], ["status_entry.status_list_id", "status_entry.index"]
        ),
        sa.Index(
            "uq_pass_credential_one_present",
            "pass_id",
            unique=True,
            postgresql_where=sa.text("superseded_at IS NULL"),
        ),
        sa.CheckConstraint("valid_until >= valid_from", name="valid_in_order"),
    )


class PassRuleVersion(Base):
    """One version of the conditions of the pass; the highest that has begun counts.

    Personal data: who of the office wrote it (id).
    """

    __tablename__ = "pass_rule_version"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    members_needed: Mapped[int]
    level_codes: Mapped[list[str]] = mapped_column(JSONB)
    validity_months: Mapped[int]
    grace_days: Mapped[int]
    renewal_window_days: Mapped[int]
    reminder_days: Mapped[list[int]] = mapped_column(JSONB)
    #: How long after its fulfilment a certificate counts; none for without limit.
    certificate_months: Mapped[int | None]
    #: The first day on which it counts; none for one that counts from the beginning.
    effective_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]

    __table_args__ = (
        sa.CheckConstraint("members_needed BETWEEN 1 AND 20", name="members_needed_sensible"),
        sa.CheckConstraint("validity_months BETWEEN 1 AND 120", name="validity_months_sensible"),
        sa.CheckConstraint("grace_days BETWEEN 0 AND 365", name="grace_days_sensible"),
        sa.CheckConstraint("renewal_window_days BETWEEN 1 AND 365", name="renewal_window_days_sensible"),
        sa.CheckConstraint("certificate_months BETWEEN 1 AND 240", name="certificate_months_sensible"),
    )
