"""The PDF files of certificates and passes: what is wanted, what is stored, what is still to be done."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.documents import DocumentKind, DocumentProblem, DocumentState, SealLevel
from services.certification.models.base import Base
from shared.db import enum_column


class Document(Base):
    """One PDF in one second language.

    Personal data: none here; the file of a certificate bears a name and is deleted when its holder is erased.
    """

    __tablename__ = "document"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = enum_column(DocumentKind)
    #: The certificate, or the credential of a pass: neither ever changes.
    subject_id: Mapped[UUID]
    #: Empty for German alone.
    second_language: Mapped[str]
    state: Mapped[DocumentState] = enum_column(DocumentState)
    wanted_at: Mapped[datetime]
    #: When the worker looks at it next; empty while nothing is left to do.
    try_at: Mapped[datetime | None]
    attempts: Mapped[int]
    tried_at: Mapped[datetime | None]
    problem: Mapped[DocumentProblem | None] = enum_column(DocumentProblem, nullable=True)
    key: Mapped[str | None]
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    #: The hash of the file as it was first sealed; timestamps stand behind it.
    sealed_sha256: Mapped[str | None]
    seal_level: Mapped[SealLevel | None] = enum_column(SealLevel, nullable=True)
    key_code: Mapped[str | None]
    stored_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("subject_id", "second_language"),
        sa.Index(None, "sha256"),
        sa.Index(None, "sealed_sha256"),
        sa.Index("ix_document_due", "try_at", postgresql_where=sa.text("try_at IS NOT NULL")),
        sa.Index("ix_document_store_failed", "tried_at", postgresql_where=sa.text("problem = 'store'")),
        sa.CheckConstraint(
            "(state = 'stored') = (key IS NOT NULL) AND (key IS NULL) = (sha256 IS NULL) AND (key IS NULL) ="
            " (size IS NULL) AND (key IS NULL) = (seal_level IS NULL) AND (key IS NULL) = (stored_at IS NULL)",
            name="stored_whole",
        ),
        sa.CheckConstraint("state = 'stored' OR try_at IS NOT NULL", name="wanted_is_due"),
        sa.CheckConstraint("(sealed_sha256 IS NULL) = (key_code IS NULL)", name="sealed_whole"),
        sa.CheckConstraint("state = 'wanted' OR sealed_sha256 IS NOT NULL", name="stored_is_sealed"),
    )
