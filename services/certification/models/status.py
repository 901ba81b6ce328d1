"""Status lists: which bit belongs to whom stands at the certificate, which bits are set follows from its state."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.status import StatusPurpose
from services.certification.models.base import Base
from shared.db import enum_column


class StatusList(Base):
    """One list with its signed form, as it is served. Personal data: none; indices are random."""

    __tablename__ = "status_list"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: What its public address bears.
    code: Mapped[str]
    purpose: Mapped[StatusPurpose] = enum_column(StatusPurpose)
    #: Whether new certificates get an index here.
    is_open: Mapped[bool]
    #: The signed status list credential, byte for byte.
    document: Mapped[str]
    signed_at: Mapped[datetime]
    valid_until: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.Index("uq_status_list_one_open", "purpose", unique=True, postgresql_where=sa.text("is_open")),
    )
