"""API tokens of machines. The secret itself is shown once and is not here."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.tokens import TokenMode
from services.certification.models.base import Base
from shared.db import enum_column


class ApiToken(Base):
    """One token. Personal data: who of the office made it and who took it back (ids)."""

    __tablename__ = "api_token"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: What it is for, as the office wrote it.
    name: Mapped[str]
    mode: Mapped[TokenMode] = enum_column(TokenMode)
    scopes: Mapped[list[str]]
    #: SHA-256 of the secret, whose 256 bits of chance need no salt.
    secret_sha256: Mapped[str]
    #: The last letters of the secret, to tell tokens apart.
    hint: Mapped[str]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]
    #: The first day on which it no longer counts.
    expires_on: Mapped[date]
    #: A day and no instant: enough to find out which ones nobody needs.
    last_used_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[UUID | None]

    __table_args__ = (
        sa.UniqueConstraint("secret_sha256"),
        sa.CheckConstraint("jsonb_array_length(scopes) > 0", name="scopes_not_empty"),
    )
