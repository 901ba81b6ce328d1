"""People: one row per account."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.domain.people import PersonState
from services.enrollment.models.base import Base
from shared.db import enum_column
from shared.kernel.ids import new_id


class Person(Base):
    """Somebody with an account.

    Personal data: name, e-mail address, language. Kept while the account is open; closing it empties them.
    """

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    #: As it will stand on certificates.
    full_name: Mapped[str]
    #: Confirmed by a one-time link, or empty. An address that is not confirmed yet stands in its link's row only.
    email: Mapped[str | None]
    #: Names the account on its slip and in place of an e-mail address.
    personal_code: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str]
    #: Grows on "sign out everywhere"; older identity cookies are refused.
    session_version: Mapped[int] = mapped_column(default=1)
    state: Mapped[PersonState] = enum_column(PersonState, default=PersonState.ACTIVE)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("uq_person_email", sa.func.lower(sa.column("email")), unique=True),
        sa.Index("ix_person_full_name", sa.func.lower(sa.column("full_name"))),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        sa.CheckConstraint("state = 'active' OR email IS NULL", name="closed_is_empty"),
    )
