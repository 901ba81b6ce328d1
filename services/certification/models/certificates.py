"""Certificates as they were issued. What stands here is frozen; only the state, the document and the review change.

A trigger of the database refuses to change what is frozen, whoever asks; see `queries.certificates.FROZEN_COLUMNS`.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.certificates import (
    CertificateState,
    ReviewReason,
    RevocationReason,
    RevocationRemark,
)
from services.certification.domain.reissues import ReissueReason
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
    #: The version of the level's template that it was made with; none before templates had versions.
    template_version: Mapped[int | None]
    #: [{"title", "points", "points_most"}] on the day of issue, where the template shows them.
    rubric_results: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    #: The certificate whose place this one has taken, and why.
    replaces_id: Mapped[UUID | None]
    reissue_reason: Mapped[ReissueReason | None] = enum_column(ReissueReason, nullable=True)
    #: The signed credential, byte for byte as it is handed out.
    credential: Mapped[str]
    credential_sha256: Mapped[str]
    #: The same credential as a JSON Web Token; none where it was issued before there were twins, or was erased.
    credential_jwt: Mapped[str | None]
    #: The name of the key that signed it, as the credential itself says; gone with its text.
    signing_key_code: Mapped[str | None] = mapped_column(
        sa.Computed(""""substring"(credential, '"verificationMethod": *"[^"#]*#([^"]+)"'::text)""", persisted=True)
    )
    #: The salt of this certificate's commitment in the trust log; gone when the person was erased.
    log_salt: Mapped[str | None]
    #: When name, salts and the credential's text were taken out; number, state and hashes stay.
    erased_at: Mapped[datetime | None]
    status_list_id: Mapped[UUID]
    status_index: Mapped[int]
    revoked_at: Mapped[datetime | None]
    revocation_reason: Mapped[RevocationReason | None] = enum_column(RevocationReason, nullable=True)
    #: A second sentence for everybody, chosen from a list.
    revocation_remark: Mapped[RevocationRemark | None] = enum_column(RevocationRemark, nullable=True)
    #: What the office wrote for itself; never shown to strangers or the holder.
    revocation_note: Mapped[str | None]
    revoked_by_id: Mapped[UUID | None]
    superseded_at: Mapped[datetime | None]
    #: Open while `review_opened_at` is set: a fact behind the certificate was taken back.
    review_reason: Mapped[ReviewReason | None] = enum_column(ReviewReason, nullable=True)
    review_opened_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("replaces_id"),
        sa.ForeignKeyConstraint(["replaces_id"], ["certificate.id"]),
        sa.ForeignKeyConstraint(
            ["level_code", "template_version"], ["certificate_template.level_code", "certificate_template.version"]
        ),
        sa.UniqueConstraint("status_list_id", "status_index"),
        sa.ForeignKeyConstraint(
            ["status_list_id", "status_index"], ["status_entry.status_list_id", "status_entry.index"]
        ),
        sa.Index("uq_certificate_one_issued", "person_id", "level_code", unique=True, postgresql_where=_IS_ISSUED),
        sa.Index(
            "uq_certificate_one_of_place",
            "place_id",
            unique=True,
            postgresql_where=sa.text("state <> 'superseded'"),
        ),
        sa.Index("ix_certificate_run_id", "run_id"),
        sa.Index("ix_certificate_newest", "issued_at", "id"),
        sa.Index("ix_certificate_signing_key", "signing_key_code", "issued_at", "id"),
        sa.Index("ix_certificate_review", "review_opened_at", postgresql_where=sa.text("review_opened_at IS NOT NULL")),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_at IS NOT NULL) AND (state = 'revoked') = (revocation_reason IS NOT NULL)",
            name="revocation_whole",
        ),
        sa.CheckConstraint("(state = 'superseded') = (superseded_at IS NOT NULL)", name="superseded_whole"),
        sa.CheckConstraint("(replaces_id IS NULL) = (reissue_reason IS NULL)", name="reissue_whole"),
        sa.CheckConstraint("issued_on >= fulfilled_on", name="issued_when_fulfilled"),
        sa.CheckConstraint("(review_opened_at IS NULL) = (review_reason IS NULL)", name="review_whole"),
        sa.CheckConstraint("erased_at IS NULL OR (log_salt IS NULL AND full_name = '')", name="erased_whole"),
        sa.CheckConstraint("erased_at IS NULL OR credential_jwt IS NULL", name="erased_twin"),
    )
