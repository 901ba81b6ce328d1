"""Levels and modules."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.enrollment.models.base import Base
from shared.kernel.ids import new_id


class Level(Base):
    """One of the three levels of the programme. No personal data."""

    __tablename__ = "level"
    __table_args__ = (CheckConstraint("requires_id <> id", name="not_before_itself"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    position: Mapped[int] = mapped_column(unique=True)
    #: The level whose certificate a person needs before this one.
    requires_id: Mapped[UUID | None] = mapped_column(ForeignKey("level.id"))

    requires: Mapped["Level | None"] = relationship(remote_side=[id])
    modules: Mapped[list["Module"]] = relationship(back_populates="level", order_by="Module.position")


class Module(Base):
    """One workshop of a level. No personal data."""

    __tablename__ = "module"
    __table_args__ = (CheckConstraint("units between 1 and 200", name="units_in_range"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    level_id: Mapped[UUID] = mapped_column(ForeignKey("level.id"), index=True)
    title: Mapped[str]
    summary: Mapped[str]
    #: Teaching units of 45 minutes.
    units: Mapped[int]
    position: Mapped[int]

    level: Mapped[Level] = relationship(back_populates="modules")
