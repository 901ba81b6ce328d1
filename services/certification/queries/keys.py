"""The history of signing keys."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.did import KeyState
from services.certification.models import SigningKey


def list_verifying_keys(session: Session) -> list[SigningKey]:
    """The keys that still verify: active and retired ones, the oldest first."""
    return list(
        session.scalars(
            sa.select(SigningKey)
            .where(SigningKey.state != KeyState.REVOKED)
            .order_by(SigningKey.added_at, SigningKey.code)
        )
    )


def find_key(session: Session, *, code: str) -> SigningKey | None:
    """The key of a name, whatever its state."""
    return session.scalars(sa.select(SigningKey).where(SigningKey.code == code)).one_or_none()
