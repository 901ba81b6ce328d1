"""What a holder shows of a certificate: links that end by themselves, what may be seen behind them, evidence."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from shared.kernel.ids import new_secret

#: Links that are open at a time for one certificate, and pieces of evidence: lists that a person can still look after.
SHARES_LIMIT = 20
EVIDENCE_LIMIT = 10
#: A link that is over is listed for so long, then deleted.
SHARE_KEPT_FOR = timedelta(days=30)
_TOKEN_LENGTH = 22  # base64url letters of 6 bits each: 132 bits


class ShareDays(IntEnum):
    """How long a link may live."""

    WEEK = 7
    MONTH = 30
    YEAR = 365


@dataclass(frozen=True)
class ShownDetails:
    """What may be seen behind a link besides the level, the day of issue, and whether it counts."""

    name: bool
    results: bool
    workshops: bool
    evidence: bool


def new_share_token() -> str:
    """What the address of a link bears: 132 random bits. It says nothing about whose certificate it is."""
    return new_secret()[:_TOKEN_LENGTH]


def is_open(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    """Whether a link still shows anything."""
    return revoked_at is None and now < expires_at


def is_web_address(url: str) -> bool:
    """Whether evidence may link there: the web and nothing that runs in the reader's browser."""
    scheme, separator, rest = url.partition("://")
    return scheme in ("https", "http") and bool(separator) and "." in rest.partition("/")[0] and " " not in url
