"""The public halves of our signing keys, with their history. The private ones are behind the signer and not here."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.did import KeyState
from services.certification.models.base import Base
from shared.db import enum_column


class SigningKey(Base):
    """One key of our did:web document. Personal data: none."""

    __tablename__ = "signing_key"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: Its name within the identifier, such as key-2026-1; never used again.
    code: Mapped[str]
    #: The public key as a Multikey.
    multibase: Mapped[str]
    state: Mapped[KeyState] = enum_column(KeyState)
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("multibase"),
        sa.CheckConstraint("(state = 'active') = (ended_at IS NULL)", name="ended_when_not_active"),
    )
