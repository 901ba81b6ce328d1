"""Levels and course runs: copies of enrollment's facts, as they last arrived. No personal data."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.models.base import Base


class LevelCopy(Base):
    """One level of the programme with its modules in order. Personal data: none."""

    __tablename__ = "level_copy"

    level_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    title: Mapped[str]
    position: Mapped[int]
    #: [{"code", "title", "units", "position"}], units of 45 minutes.
    modules: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)

    __table_args__ = (sa.UniqueConstraint("code"),)


class RunCopy(Base):
    """One course run: where, when, and which organisation carried it out. Personal data: none."""

    __tablename__ = "run_copy"

    run_id: Mapped[UUID] = mapped_column(primary_key=True)
    level_code: Mapped[str]
    title: Mapped[str]
    town: Mapped[str]
    #: Region and carrier by code and id; none until the run is told again, where it arrived before they were kept.
    region_code: Mapped[str | None]
    carrier_id: Mapped[UUID | None]
    carrier_name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
