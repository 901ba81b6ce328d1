"""Ways to sign in. Of every secret only a hash, a fingerprint, a public key or a ciphertext is kept.

Personal data: all rows belong to one person and are deleted when the account is closed.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.domain.sign_in import LinkPurpose
from services.enrollment.models.base import Base
from shared.db import enum_column
from shared.kernel.ids import new_id


class PasswordHash(Base):
    """The Argon2id hash of a person's password. Personal data: whose it is and since when."""

    __tablename__ = "password_hash"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    argon2: Mapped[str]
    changed_at: Mapped[datetime]


class Passkey(Base):
    """The public half of a passkey (WebAuthn Level 3). Personal data: what the person calls it, and its last use."""

    __tablename__ = "passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    #: What the authenticator last counted; stays 0 for passkeys that are synchronised between devices.
    sign_count: Mapped[int] = mapped_column(sa.BigInteger)
    #: What the person calls it.
    name: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class PasskeyChallenge(Base):
    """One ceremony under way. Used once, by deleting its row. Personal data: whose it is, for five minutes."""

    __tablename__ = "passkey_challenge"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    #: Whose passkey is being registered; empty while somebody signs in.
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SignInSlip(Base):
    """A printed key: four words and a QR code. A person has one live slip; a new one voids the old.

    Personal data: whose it is, who issued it, when it was last used.
    """

    __tablename__ = "sign_in_slip"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    words_argon2: Mapped[str]
    secret_fingerprint: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    last_used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("uq_sign_in_slip_live", "person_id", unique=True, postgresql_where=sa.text("voided_at IS NULL")),
    )


class OneTimeLink(Base):
    """A link that was sent by mail, by the fingerprint of its secret.

    Personal data: the address it was sent to. Deleted a month after it expired.
    """

    __tablename__ = "one_time_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[LinkPurpose] = enum_column(LinkPurpose)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    #: The address it was sent to; what a confirmation confirms.
    email: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_one_time_link_email", "email"),)


class TotpSecret(Base):
    """The secret shared with a person's authenticator app, encrypted. Counts once a first code has confirmed it.

    Personal data: whose it is.
    """

    __tablename__ = "totp_secret"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    ciphertext: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    #: Number of the time step whose code was accepted last; a code is never accepted twice (RFC 6238, section 5.2).
    last_step: Mapped[int] = mapped_column(sa.BigInteger, default=0)


class RecoveryCode(Base):
    """A code for the day when the phone is lost. Used once. Personal data: whose it is and when it was used."""

    __tablename__ = "recovery_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]
