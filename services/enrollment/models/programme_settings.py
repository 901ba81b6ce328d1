"""Rules of the programme, version by version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.models.base import Base
from shared.kernel.ids import new_id


class ProgrammeSetting(Base):
    """One version of one setting. Rows are added, never changed.

    Personal data: which colleague of the office set a version.
    """

    __tablename__ = "programme_setting"
    __table_args__ = (UniqueConstraint("key", "version"), CheckConstraint("version >= 1", name="version_positive"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    version: Mapped[int]
    value: Mapped[Any] = mapped_column(JSONB)
    valid_from: Mapped[datetime]
    set_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
