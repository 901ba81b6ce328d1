"""API tokens."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.models import ApiToken
from shared.kernel.errors import NotFound


def find_token(session: Session, *, secret_sha256: str) -> ApiToken | None:
    """The token of a secret's digest, whatever has become of it."""
    return session.scalars(sa.select(ApiToken).where(ApiToken.secret_sha256 == secret_sha256)).one_or_none()


def lock_token(session: Session, *, token_id: UUID) -> ApiToken:
    """The token of an id, locked. Raises NotFound."""
    token = session.get(ApiToken, token_id, with_for_update=True)
    if token is None:
        raise NotFound(kind="token")
    return token


def list_tokens(session: Session) -> list[ApiToken]:
    """All tokens: those that count first, then the newest first."""
    return list(
        session.scalars(sa.select(ApiToken).order_by(ApiToken.revoked_at.is_not(None), ApiToken.created_at.desc()))
    )
