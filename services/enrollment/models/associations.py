"""Associations, and who belongs to them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.enrollment.domain.associations import AssociationState
from services.enrollment.models.base import Base
from services.enrollment.models.regions import Region
from shared.db import enum_column
from shared.kernel.ids import new_id


class Association(Base):
    """A migrant association. No personal data."""

    __tablename__ = "association"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    town: Mapped[str]
    region_code: Mapped[str] = mapped_column(sa.ForeignKey("region.code"), index=True)
    state: Mapped[AssociationState] = enum_column(AssociationState, default=AssociationState.REGISTERED)
    #: With it people join; the board can replace it.
    invite_code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]

    region: Mapped[Region] = relationship()

    __table_args__ = (sa.Index("ix_association_name", sa.func.lower(sa.column("name")), "id"),)


class Membership(Base):
    """One person in one association, from a date, perhaps to a date.

    Personal data: membership may reveal origin (GDPR Art. 9): seen by the association's board and the person only.
    A later return is a new row, so that what counted on a past day can still be told.
    """

    __tablename__ = "membership"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    association_id: Mapped[UUID] = mapped_column(sa.ForeignKey("association.id"))
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    is_board: Mapped[bool] = mapped_column(default=False)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]

    __table_args__ = (
        sa.Index(
            "uq_membership_current",
            "association_id",
            "person_id",
            unique=True,
            postgresql_where=sa.text("left_on IS NULL"),
        ),
        sa.CheckConstraint("left_on >= joined_on", name="dates"),
        sa.CheckConstraint("left_on IS NULL OR NOT is_board", name="board_is_current"),
    )
