"""What associations and multipliers publish of themselves in the public registers, by consent."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.models.base import Base


class AssociationEntry(Base):
    """The entry that a board has opened in the public register of passes; shown while the pass is in force.

    Personal data: a way of contact that the board chose to publish, and who of the board agreed (id). Deleted at once
    when the board withdraws.
    """

    __tablename__ = "association_entry"

    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    website: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    #: Codes of languages in which the association can be spoken to.
    languages: Mapped[list[str]] = mapped_column(JSONB)
    #: Values of `domain.registers.Topic`.
    topics: Mapped[list[str]] = mapped_column(JSONB)
    consented_at: Mapped[datetime]
    consented_by_id: Mapped[UUID]
    changed_at: Mapped[datetime]


class MultiplierEntry(Base):
    """The entry that a person with a valid multiplier certificate has opened in the public register of advisers.

    Personal data: the name as the person writes it, regions, languages, topics, a text about themselves. No address, no
    association, no origin. Deleted at once when the person withdraws, and within a day when the certificate no longer
    counts; it is hidden from that moment on.
    """

    __tablename__ = "multiplier_entry"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    #: What public addresses bear; it says nothing of the person.
    public_id: Mapped[UUID]
    display_name: Mapped[str]
    town: Mapped[str | None]
    region_codes: Mapped[list[str]] = mapped_column(JSONB)
    languages: Mapped[list[str]] = mapped_column(JSONB)
    topics: Mapped[list[str]] = mapped_column(JSONB)
    about: Mapped[str | None]
    takes_messages: Mapped[bool]
    consented_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("public_id"),
        sa.Index("ix_multiplier_entry_name", sa.func.lower(sa.column("display_name")), "public_id"),
    )
