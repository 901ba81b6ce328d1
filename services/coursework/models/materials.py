"""What a module holds to learn from, version by version, and who opened which version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.domain.materials import MaterialKind
from services.coursework.models.base import Base
from shared.db import enum_column


class ModuleContent(Base):
    """What learners read about a module before its first lesson. No personal data."""

    __tablename__ = "module_content"

    module_code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    title_einfach: Mapped[str | None]
    summary: Mapped[str]
    learning_goals: Mapped[list[str]]


class GlossaryTerm(Base):
    """A word of the field, explained. No personal data."""

    __tablename__ = "glossary_term"

    term: Mapped[str] = mapped_column(primary_key=True)
    explanation: Mapped[str]
    explanation_einfach: Mapped[str | None]
    #: Explanations in further languages, by language code.
    translations: Mapped[dict[str, Any]]


class Material(Base):
    """One step of a module: a text, a picture or a PDF. No personal data."""

    __tablename__ = "material"
    __table_args__ = (UniqueConstraint("module_code", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    module_code: Mapped[str]
    position: Mapped[int]
    kind: Mapped[MaterialKind] = enum_column(MaterialKind)
    current_version: Mapped[int]


class MaterialVersion(Base):
    """A material as it was from one moment on; never changed afterwards. Personal data: who of the office wrote it."""

    __tablename__ = "material_version"
    __table_args__ = (UniqueConstraint("material_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    material_id: Mapped[UUID] = mapped_column(ForeignKey("material.id"))
    version: Mapped[int]
    title: Mapped[str]
    title_einfach: Mapped[str | None]
    #: Markdown of a lesson; for a picture or a PDF, what it shows.
    text: Mapped[str]
    text_einfach: Mapped[str | None]
    document_key: Mapped[str | None]
    document_type: Mapped[str | None]
    document_size: Mapped[int | None]
    #: Of the source that made this version; seeding compares it.
    source_hash: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]


class MaterialReading(Base):
    """Who opened and who marked as read which version last. Personal data: a person's learning habits; ids only."""

    __tablename__ = "material_reading"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    material_id: Mapped[UUID] = mapped_column(ForeignKey("material.id"), primary_key=True)
    opened_version: Mapped[int]
    opened_at: Mapped[datetime]
    read_version: Mapped[int | None]
    read_at: Mapped[datetime | None]
