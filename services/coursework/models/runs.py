"""Levels, modules and course runs: copies of enrollment's facts."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.models.base import Base


class LevelCopy(Base):
    """A level of the programme. No personal data."""

    __tablename__ = "level_copy"

    code: Mapped[str] = mapped_column(primary_key=True)
    level_id: Mapped[UUID] = mapped_column(unique=True)
    title: Mapped[str]
    position: Mapped[int]


class ModuleCopy(Base):
    """One workshop of a level. No personal data."""

    __tablename__ = "module_copy"

    code: Mapped[str] = mapped_column(primary_key=True)
    level_code: Mapped[str] = mapped_column(ForeignKey("level_copy.code"), index=True)
    title: Mapped[str]
    units: Mapped[int]
    position: Mapped[int]


class RunCopy(Base):
    """A course run. Personal data: ids of its trainers."""

    __tablename__ = "run_copy"

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    #: Not a foreign key: the level may arrive after the run.
    level_code: Mapped[str]
    title: Mapped[str]
    town: Mapped[str]
    carrier_name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str]
    trainer_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
