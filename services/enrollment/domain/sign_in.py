"""Rules of signing in: passwords, one-time links, limits on guessing, how long a session lasts.

Sources: NIST SP 800-63B-4 sections 3.1.1 and 3.2.2 (length before composition, limits on guessing), RFC 8176 (`amr`).
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.enrollment.domain.errors import LinkUnusable, PasswordTooCommon, PasswordTooShort

PASSWORD_LEAST = 10
PASSWORD_MOST = 200

#: An identity cookie lives this long and is renewed once half of it is over.
SESSION_LIFE = timedelta(hours=12)
#: However often it is renewed, a sign-in ends after this.
SIGN_IN_LIFE = timedelta(days=30)

#: What is tried first by whoever guesses; ten letters and more only, for shorter ones are refused anyway.
_COMMON = """
1234567890 0123456789 12345678910 0987654321 1q2w3e4r5t qwertzuiop qwertyuiop asdfghjklö passwort123 password123
password1234 passwort1234 administrator hallohallo schatzschatz sommer2026 sommer2025 winter2026 iloveyou123
abcdefghij willkommen willkommen1 geheim1234 deutschland qwertz1234 migration memomemomemo
"""
_COMMON_PASSWORDS = frozenset(_COMMON.split())


class SignInMethod(StrEnum):
    """How somebody signed in; the words are those of `amr` in the identity cookie (shared.web.identity.Method)."""

    PASSWORD = "pwd"
    LINK = "link"
    SLIP = "slip"
    PASSKEY = "passkey"
    ONE_TIME_CODE = "otp"


class LinkPurpose(StrEnum):
    """What a one-time link is for."""

    SIGN_IN = "sign_in"
    CONFIRM_EMAIL = "confirm_email"


LINK_LIFE = {LinkPurpose.SIGN_IN: timedelta(minutes=30), LinkPurpose.CONFIRM_EMAIL: timedelta(days=7)}


@dataclass(frozen=True)
class GuessLimit:
    """How many tries one way in allows within a window, for one account and for one network address.

    An address may be a whole evening's hall behind one router, so it gets more room than an account.
    """

    way: str
    per_account: int
    per_address: int
    window: timedelta


PASSWORD_GUESSES = GuessLimit("password", per_account=10, per_address=100, window=timedelta(minutes=15))
SLIP_GUESSES = GuessLimit("slip", per_account=10, per_address=100, window=timedelta(minutes=15))
SECOND_FACTOR_GUESSES = GuessLimit("second_factor", per_account=6, per_address=100, window=timedelta(minutes=15))
LINK_REQUESTS = GuessLimit("link", per_account=5, per_address=60, window=timedelta(hours=1))
PASSKEY_TRIES = GuessLimit("passkey", per_account=60, per_address=300, window=timedelta(minutes=15))
#: Counted for the address only: every try is an account of its own.
INVITE_CODE_TRIES = GuessLimit("invite", per_account=1, per_address=300, window=timedelta(minutes=15))
SIGN_UPS = GuessLimit("sign_up", per_account=5, per_address=120, window=timedelta(hours=1))


def check_password(password: str, *, known: list[str]) -> None:
    """Raise PasswordTooShort or PasswordTooCommon; `known` is what anybody may know: name, address, personal code."""
    if len(password) < PASSWORD_LEAST:
        raise PasswordTooShort(least=PASSWORD_LEAST)
    plain = password.casefold()
    repeats_known = any(word and word.casefold().replace(" ", "") == plain.replace(" ", "") for word in known)
    if plain in _COMMON_PASSWORDS or repeats_known or len(set(plain)) < 4:
        raise PasswordTooCommon


def check_link(*, expires_at: datetime, used_at: datetime | None, now: datetime) -> None:
    """Raise LinkUnusable unless the link is unused and not too old."""
    if used_at is not None or expires_at <= now:
        raise LinkUnusable


@dataclass(frozen=True)
class SignedIn:
    """Somebody has proved who they are; the door makes the identity cookie of it."""

    person_id: UUID
    session_version: int
    methods: frozenset[SignInMethod]


def attempt_keys(limit: GuessLimit, *, account: str, address: str, key: str) -> tuple[str, str]:
    """Under which keys a try is counted, for the account and for the network address: keyed hashes, not readable."""

    def digest(value: str) -> str:
        return hmac.new(key.encode(), f"{limit.way}:{value}".encode(), hashlib.sha256).hexdigest()[:40]

    return f"{limit.way}:account:{digest(account)}", f"{limit.way}:address:{digest(address)}"
