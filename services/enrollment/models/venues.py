"""Houses in which courses take place."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.models.base import Base
from shared.kernel.ids import new_id


class Venue(Base):
    """A house in which sessions take place, and what people must know before they come. No personal data."""

    __tablename__ = "venue"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    carrier_id: Mapped[UUID] = mapped_column(ForeignKey("carrier.id"), index=True)
    name: Mapped[str]
    street: Mapped[str]
    postcode: Mapped[str]
    town: Mapped[str]
    #: In the carrier's words: which door, which stop, where to park.
    access_notes: Mapped[str] = mapped_column(server_default="")
    has_ramp: Mapped[bool] = mapped_column(server_default="false", default=False)
    has_prayer_room: Mapped[bool] = mapped_column(server_default="false", default=False)
    has_childcare: Mapped[bool] = mapped_column(server_default="false", default=False)
