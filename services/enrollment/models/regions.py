"""Regions of the state."""

from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.models.base import Base


class Region(Base):
    """A part of the state with its own coordination office. No personal data."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    position: Mapped[int]
