"""Associations and who belongs to them: copies of enrollment's facts, as they last arrived."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.models.base import Base


class AssociationCopy(Base):
    """One association. Personal data: none; names of associations are public."""

    __tablename__ = "association_copy"

    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    town: Mapped[str]
    region_code: Mapped[str]
    is_active: Mapped[bool]


class MembershipCopy(Base):
    """One person in one association.

    Personal data of a special kind (it may reveal origin or religion): ids only, no names; the pair is never shown to
    anybody but the association's board and the office.
    """

    __tablename__ = "membership_copy"

    membership_id: Mapped[UUID] = mapped_column(primary_key=True)
    association_id: Mapped[UUID]
    person_id: Mapped[UUID]
    is_current: Mapped[bool]

    __table_args__ = (sa.Index(None, "association_id"), sa.Index(None, "person_id"))
