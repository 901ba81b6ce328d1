"""Certificates as they were issued. What stands here is frozen; only the state, the document and the review change."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.certificates import CertificateState, ReviewReason, RevocationReason
from services.certification.models.base import Base
from shared.db import enum_column

_IS_ISSUED = sa.text("state = 'issued'")


class Certificate(Base):
    """One certificate of one person for one level.

    Personal data: the name on it, the course, the dates, an internal note about a revocation. A certificate is proof
    for many years and is kept; erasing somebody takes out the name and the salts and keeps number and state.
    """

    __tablename__ = "certificate"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: Seven groups of four; what the verification link bears.
    number: Mapped[str]
    state: Mapped[CertificateState] = enum_column(CertificateState)
    person_id: Mapped[UUID]
    place_id: Mapped[UUID]
    run_id: Mapped[UUID]
    level_code: Mapped[str]
    full_name: Mapped[str]
    language: Mapped[str]
    level_title: Mapped[str]
    #: [{"title", "units"}] on the day of issue.
    modules: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    units_attended: Mapped[int]
    units_offered: Mapped[int]
    quizzes_passed: Mapped[int]
    assignments_accepted: Mapped[int]
    fulfilled_on: Mapped[date]
    carrier_name: Mapped[str]
    run_title: Mapped[str]
    town: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    #: The signed credential, byte for byte as it is handed out.
    credential: Mapped[str]
    credential_sha256: Mapped[str]
    #: The salt of this certificate's commitment in the issuance log.
    log_salt: Mapped[str]
    status_list_id: Mapped[UUID] = mapped_column(sa.ForeignKey("status_list.id"))
    status_index: Mapped[int]
    document_key: Mapped[str | None]
    document_sha256: Mapped[str | None]
    revoked_at: Mapped[datetime | None]
    revocation_reason: Mapped[RevocationReason | None] = enum_column(RevocationReason, nullable=True)
    #: What the office wrote for itself; never shown to strangers or the holder.
    revocation_note: Mapped[str | None]
    revoked_by_id: Mapped[UUID | None]
    #: Open while `review_opened_at` is set: a fact behind the certificate was taken back.
    review_reason: Mapped[ReviewReason | None] = enum_column(ReviewReason, nullable=True)
    review_opened_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("place_id"),
        sa.UniqueConstraint("status_list_id", "status_index"),
        sa.Index("uq_certificate_one_issued", "person_id", "level_code", unique=True, postgresql_where=_IS_ISSUED),
        sa.Index("ix_certificate_newest", "issued_at", "id"),
        sa.Index("ix_certificate_review", "review_opened_at", postgresql_where=sa.text("review_opened_at IS NOT NULL")),
        sa.Index("ix_certificate_revoked", "status_list_id", postgresql_where=sa.text("state = 'revoked'")),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_at IS NOT NULL) AND (state = 'revoked') = (revocation_reason IS NOT NULL)",
            name="revocation_whole",
        ),
        sa.CheckConstraint("(review_opened_at IS NULL) = (review_reason IS NULL)", name="review_whole"),
        sa.CheckConstraint("(document_key IS NULL) = (document_sha256 IS NULL)", name="document_whole"),
        sa.CheckConstraint("status_index >= 0 AND status_index < 131072", name="status_index_in_list"),
    )
