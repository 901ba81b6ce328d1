"""API tokens: made by the office, shown once, used by machines, taken back."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.text import clean_text
from services.certification.domain.tokens import LIMIT, WINDOW, TokenFacts, check_token, permissions_of
from services.certification.models import ApiToken
from services.certification.queries import tokens
from shared.db import audit
from shared.db.limits import count_attempt
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require

#: What every secret begins with: programs that look for leaked secrets know it by that.
_PREFIX = "memo"
_NAME_LIMIT = 120


def make_token(session: Session, *, actor: Actor, name: str, facts: TokenFacts, now: datetime) -> tuple[ApiToken, str]:
    """A new token and its secret, which nobody can show again. Raises what `check_token` raises, and TextRefused."""
    require(PERMISSIONS, actor, Permission.TOKEN_MANAGE, Facts())
    check_token(facts, today=programme_date(now))
    secret = f"{_PREFIX}_{facts.mode.value}_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        id=new_id(),
        name=clean_text(name, field="name", limit=_NAME_LIMIT),
        mode=facts.mode,
        scopes=sorted(scope.value for scope in facts.scopes),
        secret_sha256=_digest(secret),
        hint=secret[-4:],
        created_at=now,
        created_by_id=actor.person_id,
        expires_on=facts.expires_on,
    )
    session.add(token)
    _record(session, actor, token, now=now, after={"mode": token.mode, "scopes": token.scopes})
    return token, secret


def revoke_token(session: Session, *, actor: Actor, token_id: UUID, now: datetime) -> ApiToken:
    """Take a token back: it counts no more from the commit on. One that was taken back stays so."""
    require(PERMISSIONS, actor, Permission.TOKEN_MANAGE, Facts())
    token = tokens.lock_token(session, token_id=token_id)
    if token.revoked_at is None:
        token.revoked_at, token.revoked_by_id = now, actor.person_id
        _record(session, actor, token, now=now, after={"revoked": True})
    return token


def list_tokens(session: Session, *, actor: Actor) -> list[ApiToken]:
    """All tokens, those that count first."""
    require(PERMISSIONS, actor, Permission.TOKEN_MANAGE, Facts())
    return tokens.list_tokens(session)


def admit_token(session: Session, *, secret: str, now: datetime) -> tuple[ApiToken, Actor] | None:
    """Who comes with this secret, or None where it counts for nothing. Counts the use. Raises TooManyAttempts."""
    token = tokens.find_token(session, secret_sha256=_digest(secret)) if secret.startswith(f"{_PREFIX}_") else None
    today = programme_date(now)
    if token is None or token.revoked_at is not None or token.expires_on <= today:
        return None
    count_attempt(session, key=f"token:{token.id}", limit=LIMIT, window=WINDOW, now=now)
    if token.last_used_on != today:
        token.last_used_on = today
    return token, Actor(person_id=None, token_id=token.id, permissions=permissions_of(token.mode, token.scopes))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _record(session: Session, actor: Actor, token: ApiToken, *, now: datetime, after: dict[str, object]) -> None:
    audit.record(
        session,
        actor=actor,
        action=Permission.TOKEN_MANAGE,
        subject="api_token",
        subject_id=token.id,
        now=now,
        after=after,
    )
