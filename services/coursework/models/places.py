"""Places in course runs: copies of enrollment's facts, and the row that coursework locks for a person's results."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.domain.places import PlaceState
from services.coursework.models.base import Base
from shared.db import enum_column


class PlaceCopy(Base):
    """One person's place in one run. Personal data: who learns where; ids only."""

    __tablename__ = "place_copy"
    __table_args__ = (Index(None, "run_id", "state"), Index(None, "person_id", "state"))

    place_id: Mapped[UUID] = mapped_column(primary_key=True)
    #: Not a foreign key: the run may arrive after the place.
    run_id: Mapped[UUID]
    person_id: Mapped[UUID]
    level_code: Mapped[str]
    state: Mapped[PlaceState] = enum_column(PlaceState)
