"""Regional carriers."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.enrollment.models.base import Base
from services.enrollment.models.regions import Region
from shared.kernel.ids import new_id


class Carrier(Base):
    """A body that holds the programme's courses in a region. No personal data; its staff are in `role_assignment`."""

    __tablename__ = "carrier"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    town: Mapped[str]
    #: Where people may ask; an office's address, never a person's.
    contact: Mapped[str] = mapped_column(server_default="")

    region: Mapped[Region] = relationship()
