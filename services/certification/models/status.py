"""Status lists and their entries: which index speaks for what, and what it says."""

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
    #: When the signed form last lay where the gateway and S3 serve it; and why it does not, where that has failed.
    published_at: Mapped[datetime | None]
    publication_problem: Mapped[str | None]

    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.Index("uq_status_list_one_open", "purpose", unique=True, postgresql_where=sa.text("is_open")),
    )


class StatusEntry(Base):
    """One index of one list, drawn at random for something that was signed. Personal data: none.

    `subject_id` is the id of what the entry speaks for: a certificate, a pass.
    """

    __tablename__ = "status_entry"

    status_list_id: Mapped[UUID] = mapped_column(sa.ForeignKey("status_list.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject_id: Mapped[UUID]
    #: What the list says at this index: 0 in force, 1 what the list's purpose names; lists of wallets also have 2.
    value: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        sa.Index(None, "subject_id"),
        sa.Index("ix_status_entry_set", "status_list_id", postgresql_where=sa.text("value <> 0")),
        sa.CheckConstraint("index >= 0 AND index < 131072", name="index_in_list"),
        sa.CheckConstraint("value BETWEEN 0 AND 3", name="value_of_two_bits"),
    )
