"""Reading ways to sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.sign_in import LinkPurpose
from services.enrollment.models.credentials import (
    OneTimeLink,
    Passkey,
    PasswordHash,
    RecoveryCode,
    SignInSlip,
    TotpSecret,
)
from services.enrollment.models.people import Person


@dataclass(frozen=True)
class WaysIn:
    """What a person can sign in with now, as the page about it shows it."""

    email: str | None
    pending_email: str | None
    personal_code: str
    password_changed_at: datetime | None
    passkeys: tuple[Passkey, ...]
    slip_issued_at: datetime | None
    has_authenticator: bool
    recovery_codes_left: int

    @property
    def count(self) -> int:
        """How many different ways there are."""
        others = (self.email, self.password_changed_at, self.slip_issued_at)
        return sum(way is not None for way in others) + len(self.passkeys)

    @property
    def has_second_factor(self) -> bool:
        """Whether the person can give a second factor: an authenticator app, or a passkey (which is two in one)."""
        return self.has_authenticator or bool(self.passkeys)


def ways_in(session: Session, person: Person, *, now: datetime) -> WaysIn:
    """Everything about how a person signs in, without a secret."""
    password, slip, totp = (
        find_password(session, person.id),
        find_live_slip(session, person.id),
        find_totp(session, person.id),
    )
    pending = find_pending_confirmation(session, person_id=person.id, now=now)
    return WaysIn(
        email=person.email,
        pending_email=pending.email if pending else None,
        personal_code=person.personal_code,
        password_changed_at=password.changed_at if password else None,
        passkeys=tuple(list_passkeys(session, person.id)),
        slip_issued_at=slip.issued_at if slip else None,
        has_authenticator=totp is not None and totp.confirmed_at is not None,
        recovery_codes_left=len(list_unused_recovery_codes(session, person.id)),
    )


def find_password(session: Session, person_id: UUID) -> PasswordHash | None:
    """The hash of the person's password, if there is one."""
    return session.get(PasswordHash, person_id)


def list_passkeys(session: Session, person_id: UUID) -> Sequence[Passkey]:
    """The person's passkeys, oldest first."""
    return session.scalars(
        sa.select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.created_at, Passkey.id)
    ).all()


def lock_passkey_by_credential(session: Session, credential_id: bytes) -> Passkey | None:
    """The passkey that an authenticator names, held until the transaction ends: its counter is compared and written."""
    return session.scalar(sa.select(Passkey).where(Passkey.credential_id == credential_id).with_for_update())


def find_live_slip(session: Session, person_id: UUID) -> SignInSlip | None:
    """The slip that works now."""
    return session.scalar(
        sa.select(SignInSlip).where(SignInSlip.person_id == person_id, SignInSlip.voided_at.is_(None))
    )


def find_slip_by_secret(session: Session, fingerprint: str) -> SignInSlip | None:
    """The slip with this QR code, live or void."""
    return session.scalar(sa.select(SignInSlip).where(SignInSlip.secret_fingerprint == fingerprint))


def find_link(session: Session, *, fingerprint: str, purpose: LinkPurpose) -> OneTimeLink | None:
    """The link with this secret, used or not."""
    return session.scalar(
        sa.select(OneTimeLink).where(OneTimeLink.fingerprint == fingerprint, OneTimeLink.purpose == purpose)
    )


def lock_link(session: Session, *, fingerprint: str, purpose: LinkPurpose) -> OneTimeLink | None:
    """Like find_link, held until the transaction ends, so that of two clicks at once only one counts."""
    statement = sa.select(OneTimeLink).where(OneTimeLink.fingerprint == fingerprint, OneTimeLink.purpose == purpose)
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))


def find_pending_confirmation(
    session: Session, *, now: datetime, person_id: UUID | None = None, email: str | None = None
) -> OneTimeLink | None:
    """The newest address that waits to be confirmed: of a person, or this address for whomever."""
    statement = sa.select(OneTimeLink).where(
        OneTimeLink.purpose == LinkPurpose.CONFIRM_EMAIL, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now
    )
    if person_id is not None:
        statement = statement.where(OneTimeLink.person_id == person_id)
    if email is not None:
        statement = statement.where(OneTimeLink.email == email)
    return session.scalar(statement.order_by(OneTimeLink.created_at.desc()).limit(1))


def find_totp(session: Session, person_id: UUID) -> TotpSecret | None:
    """The person's authenticator secret, confirmed or not."""
    return session.get(TotpSecret, person_id)


def lock_totp(session: Session, person_id: UUID) -> TotpSecret | None:
    """The same, held until the transaction ends, so that one code is accepted once."""
    statement = sa.select(TotpSecret).where(TotpSecret.person_id == person_id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def list_unused_recovery_codes(session: Session, person_id: UUID) -> Sequence[RecoveryCode]:
    """The recovery codes that still work."""
    return session.scalars(
        sa.select(RecoveryCode).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    ).all()


def lock_recovery_code(session: Session, *, person_id: UUID, fingerprint: str) -> RecoveryCode | None:
    """The unused recovery code with this fingerprint, held until the transaction ends."""
    return session.scalar(
        sa.select(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id, RecoveryCode.fingerprint == fingerprint, RecoveryCode.used_at.is_(None)
        )
        .with_for_update()
    )
