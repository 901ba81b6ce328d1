"""Places in runs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.enrollment.domain.places import LIVE_STATES, PlaceState
from services.enrollment.models.base import Base
from services.enrollment.models.runs import Run
from shared.db import enum_column
from shared.kernel.ids import new_id

_LIVE = text(f"state in ({', '.join(repr(state.value) for state in sorted(LIVE_STATES))})")


class Place(Base):
    """One person in one run: waiting, offered, confirmed, or gone again.

    Personal data: who takes part or waits where, sent by which association. Kept with the run; a closed account leaves
    a row without a name.
    """

    __tablename__ = "place"
    __table_args__ = (
        Index("uq_place_live_run_id_person_id", "run_id", "person_id", unique=True, postgresql_where=_LIVE),
        Index("ix_place_run_id_state", "run_id", "state"),
        Index("ix_place_offer_expires_at", "offer_expires_at", postgresql_where=text("state = 'offered'")),
        CheckConstraint("(state = 'offered') = (offer_expires_at is not null)", name="offer_has_deadline"),
        CheckConstraint("units_attended >= 0", name="units_not_negative"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    #: The association that sends the person; None for somebody who comes alone.
    association_id: Mapped[UUID | None] = mapped_column(ForeignKey("association.id"), index=True)
    #: Who asked: the person, or the board of the association.
    requested_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[PlaceState] = enum_column(PlaceState)
    requested_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    offer_expires_at: Mapped[datetime | None]
    #: Teaching units of 45 minutes attended so far: the sum of the marks.
    units_attended: Mapped[int] = mapped_column(server_default="0", default=0)
    #: Set while the person has attended what the level demands.
    attendance_completed_on: Mapped[date | None]

    run: Mapped[Run] = relationship()
