"""What others say of holders."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.endorsements import EndorsementState, EndorserRole
from services.certification.models.base import Base
from shared.db import enum_column


class Endorsement(Base):
    """One request of a holder to somebody, and what that person has written.

    Personal data: who was asked, in the holder's words; who has written what. Deleted when the holder takes it out, 60
    days after a request that nobody has answered, and with the person; a withdrawn text is deleted at once.
    """

    __tablename__ = "endorsement"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(sa.ForeignKey("certificate.id"))
    token: Mapped[str]
    #: Whom the holder meant to ask; the name that is shown is that of the account of who has written.
    asked_name: Mapped[str]
    asked_at: Mapped[datetime]
    state: Mapped[EndorsementState] = enum_column(EndorsementState)
    endorser_id: Mapped[UUID | None]
    endorser_name: Mapped[str | None]
    endorser_role: Mapped[EndorserRole | None] = enum_column(EndorserRole, nullable=True)
    text: Mapped[str | None]
    given_at: Mapped[datetime | None]
    #: Whether the holder agrees that it is seen behind the links that show evidence.
    is_shown: Mapped[bool]

    __table_args__ = (
        sa.UniqueConstraint("token"),
        sa.Index(None, "certificate_id"),
        sa.Index("ix_endorsement_waiting", "asked_at", postgresql_where=sa.text("state = 'asked'")),
        sa.CheckConstraint(
            "(state = 'given') = (text IS NOT NULL) AND (state = 'given') = (given_at IS NOT NULL)"
            " AND (text IS NULL OR (endorser_id IS NOT NULL AND endorser_name IS NOT NULL"
            " AND endorser_role IS NOT NULL))",
            name="given_whole",
        ),
        sa.CheckConstraint("state = 'given' OR NOT is_shown", name="shown_when_given"),
    )
