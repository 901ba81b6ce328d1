"""The public halves of our signing keys, with their history. The private ones are behind the signer and not here."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.keys import KeyAlgorithm, KeyPurpose, KeyRevocationReason, KeyState
from services.certification.models.base import Base
from shared.db import enum_column


class SigningKey(Base):
    """One key of our did:web document. Personal data: none."""

    __tablename__ = "signing_key"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: Its name within the identifier, such as key-2026-1; never used again.
    code: Mapped[str]
    purpose: Mapped[KeyPurpose] = enum_column(KeyPurpose)
    algorithm: Mapped[KeyAlgorithm] = enum_column(KeyAlgorithm)
    #: The public key as a Multikey.
    multibase: Mapped[str]
    state: Mapped[KeyState] = enum_column(KeyState)
    #: When it was announced, began to sign, ended to sign for good, and was declared void.
    added_at: Mapped[datetime]
    activated_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    #: Why it was declared void; anybody may read it.
    revocation_reason: Mapped[KeyRevocationReason | None] = enum_column(KeyRevocationReason, nullable=True)

    __table_args__ = (
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("multibase"),
        sa.Index("uq_signing_key_one_active", "purpose", unique=True, postgresql_where=sa.text("state = 'active'")),
        sa.CheckConstraint("(state IN ('retired', 'revoked')) = (ended_at IS NOT NULL)", name="ended_when_over"),
        sa.CheckConstraint("state <> 'announced' OR activated_at IS NULL", name="announced_has_not_signed"),
        sa.CheckConstraint("state NOT IN ('active', 'retired') OR activated_at IS NOT NULL", name="active_has_begun"),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_at IS NOT NULL) AND (state = 'revoked') = (revocation_reason IS NOT NULL)",
            name="revocation_whole",
        ),
        sa.CheckConstraint("code ~ '^[a-z0-9][a-z0-9-]{0,62}$' AND code NOT LIKE '%-jwk'", name="code_in_address"),
    )
