"""The identity cookie: what a door asks for after somebody has signed in, and again when it is half over."""

from datetime import datetime

from services.enrollment.adapters import identity_token
from services.enrollment.adapters.identity_token import IdentityToken
from services.enrollment.domain.sign_in import SESSION_LIFE, SIGN_IN_LIFE, SignedIn


def issue_token(
    signed_in: SignedIn, *, private_key: str, now: datetime, since: datetime | None = None
) -> IdentityToken:
    """A token for whoever has signed in now, or `since` then."""
    return identity_token.mint(signed_in, private_key=private_key, signed_in_at=since or now, now=now)


def signed_in_since(token: str) -> datetime:
    """When the person of a checked token signed in."""
    return identity_token.signed_in_at(token)


def renew_token(
    signed_in: SignedIn, *, token: str, issued_at: datetime, private_key: str, now: datetime
) -> IdentityToken | None:
    """A fresh token for one that is half over; None where it is not yet time, or the sign-in is too long ago."""
    since = signed_in_since(token)
    if now - issued_at < SESSION_LIFE / 2 or now - since > SIGN_IN_LIFE:
        return None
    return issue_token(signed_in, private_key=private_key, now=now, since=since)
