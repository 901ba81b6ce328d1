"""Versions of what a level's certificate says."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.templates import TemplateState
from services.certification.models.base import Base
from shared.db import enum_column


class CertificateTemplate(Base):
    """One version of one level's template; the highest published one counts.

    A trigger of the database lets nobody change or delete a published version. Personal data: who of the office wrote
    and published it (ids).
    """

    __tablename__ = "certificate_template"

    level_code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[TemplateState] = enum_column(TemplateState)
    title: Mapped[str]
    sheet_text: Mapped[str]
    description: Mapped[str]
    criteria: Mapped[str]
    shows_units: Mapped[bool]
    shows_modules: Mapped[bool]
    shown_results: Mapped[list[str]]
    #: [{"framework", "identifier", "code", "name"}]
    alignments: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    #: The second languages that a sheet may bear.
    languages: Mapped[list[str]]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[UUID | None]

    __table_args__ = (
        sa.Index(
            "uq_certificate_template_one_draft", "level_code", unique=True, postgresql_where=sa.text("state = 'draft'")
        ),
        sa.CheckConstraint("version >= 1", name="version_from_one"),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_whole"),
    )
