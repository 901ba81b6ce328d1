"""What holders show of their certificates. The certificates themselves stay as they were issued."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.models.base import Base


class HolderChoice(Base):
    """What the holder of a certificate allows on its public page; without a row nothing.

    Personal data: whether somebody wants the name to be seen; deleted with the person.
    """

    __tablename__ = "holder_choice"

    certificate_id: Mapped[UUID] = mapped_column(sa.ForeignKey("certificate.id"), primary_key=True)
    shows_name: Mapped[bool]
    changed_at: Mapped[datetime]


class Share(Base):
    """One link that shows chosen details of a certificate until a day. Who opens it is recorded nowhere.

    Personal data: whom the link is for, in the holder's own words; deleted 30 days after the link is over.
    """

    __tablename__ = "share"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(sa.ForeignKey("certificate.id"))
    #: What the address bears; kept as it is, since its holder wants to copy it again.
    token: Mapped[str]
    label: Mapped[str]
    shows_name: Mapped[bool]
    shows_results: Mapped[bool]
    shows_workshops: Mapped[bool]
    shows_evidence: Mapped[bool]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("token"),
        sa.Index(None, "certificate_id"),
        sa.Index(None, "expires_at"),
        sa.CheckConstraint("expires_at > created_at", name="ends_after_start"),
    )


class Evidence(Base):
    """One thing that the holder adds behind links: what came of the course. No part of the credential.

    Personal data: what somebody tells of their work; deleted when they take it out, and with the person.
    """

    __tablename__ = "evidence"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(sa.ForeignKey("certificate.id"))
    title: Mapped[str]
    #: Empty where there is nothing on the web to be looked at.
    url: Mapped[str]
    description: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "certificate_id"),)
