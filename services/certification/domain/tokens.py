"""API tokens: what a machine may do with one, and when it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.certification.domain.errors import TokenPeriodRefused, TokenScopesRefused
from services.certification.domain.permissions import Permission

#: The longest that a token may count; whoever needs it longer makes a new one.
LONGEST = timedelta(days=366)
#: How often a token may be used; more than any honest program needs, and less than what would slow down others.
LIMIT, WINDOW = 600, timedelta(minutes=1)


class TokenMode(StrEnum):
    """Live tokens work with real certificates; test tokens sign and check with a key that nobody trusts."""

    LIVE = "live"
    TEST = "test"


class TokenScope(StrEnum):
    """What a token may be for, in the words of whoever makes it."""

    CREDENTIALS_ISSUE = "credentials:issue"
    CREDENTIALS_STATUS = "credentials:status"
    CERTIFICATES_READ = "certificates:read"
    PASSES_READ = "passes:read"


#: A test token never touches anything real: its scopes stand for other permissions.
_PERMISSIONS: Mapping[TokenMode, Mapping[TokenScope, frozenset[Permission]]] = {
    TokenMode.LIVE: {
        TokenScope.CREDENTIALS_ISSUE: frozenset({Permission.CREDENTIAL_ISSUE}),
        TokenScope.CREDENTIALS_STATUS: frozenset({Permission.CREDENTIAL_STATUS, Permission.CERTIFICATE_REVOKE}),
        TokenScope.CERTIFICATES_READ: frozenset({Permission.CERTIFICATE_READ, Permission.CERTIFICATE_EXPORT}),
        TokenScope.PASSES_READ: frozenset({Permission.PASS_LIST}),
    },
    TokenMode.TEST: {
        TokenScope.CREDENTIALS_ISSUE: frozenset({Permission.TEST_CREDENTIAL_ISSUE}),
    },
}


@dataclass(frozen=True)
class TokenFacts:
    """What is asked for when a token is made."""

    mode: TokenMode
    scopes: frozenset[TokenScope]
    expires_on: date


def check_token(facts: TokenFacts, *, today: date) -> None:
    """Raises TokenScopesRefused and TokenPeriodRefused."""
    if not facts.scopes or not facts.scopes <= _PERMISSIONS[facts.mode].keys():
        raise TokenScopesRefused
    if not today < facts.expires_on <= today + LONGEST:
        raise TokenPeriodRefused(last_on=today + LONGEST)


def permissions_of(mode: TokenMode, scopes: Iterable[str]) -> frozenset[str]:
    """The permissions that a token holds; a scope that no longer exists stands for none."""
    known = _PERMISSIONS[mode]
    return frozenset(permission.value for scope in scopes if scope in known for permission in known[TokenScope(scope)])
