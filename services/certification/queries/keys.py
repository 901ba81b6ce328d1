"""The history of signing keys."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.certificates import CertificateState
from services.certification.domain.keys import KeyPurpose, KeyState
from services.certification.models import Certificate, SigningKey
from services.certification.queries.cursors import Cursor
from services.certification.queries.locks import AdvisoryLock
from shared.kernel.errors import NotFound


def hold_keys(session: Session) -> None:
    """Keep which keys sign as it is until this transaction ends; any number of transactions do so at once."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock_shared(AdvisoryLock.KEYS)))


def lock_keys(session: Session) -> None:
    """Wait until nobody signs, and let nobody sign until this transaction ends: a key is about to change."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(AdvisoryLock.KEYS)))


def list_keys(session: Session) -> list[SigningKey]:
    """Every key that ever was announced: by purpose, the newest first."""
    return list(
        session.scalars(sa.select(SigningKey).order_by(SigningKey.purpose, SigningKey.added_at.desc(), SigningKey.code))
    )


def list_verifying_keys(session: Session, *, purposes: Collection[KeyPurpose]) -> list[SigningKey]:
    """The keys of these purposes that verify: all but revoked ones, the oldest first."""
    return list(
        session.scalars(
            sa.select(SigningKey)
            .where(SigningKey.state != KeyState.REVOKED, SigningKey.purpose.in_(purposes))
            .order_by(SigningKey.added_at, SigningKey.code)
        )
    )


def find_active_key(session: Session, *, purpose: KeyPurpose) -> SigningKey | None:
    """The key that signs for a purpose."""
    statement = sa.select(SigningKey).where(SigningKey.purpose == purpose, SigningKey.state == KeyState.ACTIVE)
    return session.scalars(statement).one_or_none()


def find_announced_key(session: Session, *, purpose: KeyPurpose) -> SigningKey | None:
    """The key of a purpose that was announced first and waits for its turn."""
    statement = (
        sa.select(SigningKey)
        .where(SigningKey.purpose == purpose, SigningKey.state == KeyState.ANNOUNCED)
        .order_by(SigningKey.added_at)
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def has_any_key(session: Session, *, purpose: KeyPurpose) -> bool:
    """Whether a purpose ever had a key."""
    return session.scalar(sa.select(sa.exists().where(SigningKey.purpose == purpose))) or False


def find_key(session: Session, *, code: str) -> SigningKey | None:
    """The key of a name, whatever its state."""
    return session.scalars(sa.select(SigningKey).where(SigningKey.code == code)).one_or_none()


def get_key(session: Session, *, code: str) -> SigningKey:
    """The key of a name as it stands now. Raises NotFound."""
    statement = sa.select(SigningKey).where(SigningKey.code == code).execution_options(populate_existing=True)
    key = session.scalars(statement).one_or_none() if code.isprintable() else None
    if key is None:
        raise NotFound(kind="signing_key")
    return key


def count_signed(session: Session) -> dict[str, int]:
    """How many certificates each key has signed: name of the key -> number."""
    statement = (
        sa.select(Certificate.signing_key_code, sa.func.count())
        .where(Certificate.signing_key_code.is_not(None))
        .group_by(Certificate.signing_key_code)
    )
    return {code: number for code, number in session.execute(statement) if code is not None}


def lock_key(session: Session, *, code: str) -> SigningKey:
    """The key of a name, locked. Raises NotFound."""
    key = get_key(session, code=code)
    session.refresh(key, with_for_update={"key_share": True})  # Certificates may point at it meanwhile.
    return key


def list_signed_in_force(session: Session, *, code: str) -> list[UUID]:
    """The certificates of a key that count and still have their text: what can be issued anew."""
    statement = sa.select(Certificate.id).where(
        Certificate.signing_key_code == code,
        Certificate.state == CertificateState.ISSUED,
        Certificate.erased_at.is_(None),
    )
    return list(session.scalars(statement))


def list_signed(session: Session, *, code: str, after: Cursor | None, limit: int) -> list[Certificate]:
    """The certificates that a key has signed, the oldest first."""
    statement = (
        sa.select(Certificate)
        .where(Certificate.signing_key_code == code)
        .order_by(Certificate.issued_at, Certificate.id)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(sa.tuple_(Certificate.issued_at, Certificate.id) > after)
    return list(session.scalars(statement))
