"""A certificate on its way into a wallet: the offer, its secrets, and when each of them is over (OpenID4VCI 1.0)."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.kernel.transitions import Transitions

#: An offer lies open on a screen, so it is short (section 4.1.1: short lived and single use).
OFFER_LIFETIME = timedelta(minutes=10)
#: Long enough for a person to look at the credential in the app before it says that it was stored.
TOKEN_LIFETIME = timedelta(minutes=15)
NONCE_LIFETIME = timedelta(minutes=5)
#: An offer is kept this long after its end, so that its page can still say what became of it.
OFFER_KEPT_FOR = timedelta(days=1)
#: Wrong PINs before an offer is closed: of a million, five are tried.
PIN_TRIES = 5
PIN_LENGTH = 6
#: Copies in one answer, each bound to another key of the wallet.
BATCH_SIZE = 10
#: Copies that one offer may lead to, whatever a wallet asks for.
COPIES_OF_AN_OFFER = 20
#: The only data set that an access token stands for, where a wallet wants to name it.
CREDENTIAL_IDENTIFIER = "certificate"

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"

_CONFIGURATION = "certificate-"


class OfferState(StrEnum):
    """Open until a wallet redeems it, redeemed until that wallet has its credential; closed is over without one."""

    OPEN = "open"
    REDEEMED = "redeemed"
    ISSUED = "issued"
    CLOSED = "closed"


OFFER_TRANSITIONS = Transitions(
    "wallet_offer",
    {
        OfferState.OPEN: frozenset({OfferState.REDEEMED, OfferState.CLOSED}),
        OfferState.REDEEMED: frozenset({OfferState.ISSUED}),
        OfferState.ISSUED: frozenset({OfferState.ISSUED}),
        OfferState.CLOSED: frozenset(),
    },
)


class CopyOutcome(StrEnum):
    """What a wallet has told of its copy (section 11.1)."""

    ACCEPTED = "credential_accepted"
    FAILED = "credential_failure"
    DELETED = "credential_deleted"


class WalletError(StrEnum):
    """The refusals that a wallet's software reads, named as the standards name them."""

    INVALID_REQUEST = "invalid_request"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"
    INVALID_GRANT = "invalid_grant"
    INVALID_TOKEN = "invalid_token"
    INVALID_CREDENTIAL_REQUEST = "invalid_credential_request"
    UNKNOWN_CREDENTIAL_CONFIGURATION = "unknown_credential_configuration"
    UNKNOWN_CREDENTIAL_IDENTIFIER = "unknown_credential_identifier"
    INVALID_PROOF = "invalid_proof"
    INVALID_NONCE = "invalid_nonce"
    INVALID_ENCRYPTION_PARAMETERS = "invalid_encryption_parameters"
    CREDENTIAL_REQUEST_DENIED = "credential_request_denied"
    INVALID_NOTIFICATION_ID = "invalid_notification_id"
    INVALID_NOTIFICATION_REQUEST = "invalid_notification_request"


@dataclass(frozen=True)
class OfferSecrets:
    """What is secret about an offer. All of it follows from its id, so nothing of it has to be kept."""

    #: In the address that the code on the screen bears.
    reference: str
    #: The pre-authorized code.
    code: str
    pin: str


def offer_secrets(offer_id: UUID, *, key: str) -> OfferSecrets:
    """The secrets of an offer under the service's own key."""
    number = int.from_bytes(_mac(key, f"wallet offer pin {offer_id}"), "big")
    return OfferSecrets(
        reference=_text(_mac(key, f"wallet offer reference {offer_id}")),
        code=_text(_mac(key, f"wallet offer code {offer_id}")),
        pin=f"{number % 10**PIN_LENGTH:0{PIN_LENGTH}}",
    )


def is_same_secret(given: str, expected: str) -> bool:
    """Whether two secrets are the same, in the same time for every difference."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def new_nonce(secret: str, *, key: str, now: datetime) -> str:
    """A challenge that proves by itself that it is ours and until when it holds; `secret` makes it unpredictable."""
    content = f"{int((now + NONCE_LIFETIME).timestamp())}.{secret}"
    return f"{content}.{_text(_mac(key, f'wallet nonce {content}'))}"


def nonce_ends_at(nonce: str, *, key: str) -> int | None:
    """The end of a challenge of ours in seconds since 1970, or None where it is not ours."""
    content, _, proof = nonce.rpartition(".")
    ends, _, _ = content.partition(".")
    if not ends.isdecimal() or not is_same_secret(proof, _text(_mac(key, f"wallet nonce {content}"))):
        return None
    return int(ends)


def divide_name(full_name: str) -> tuple[str, str]:
    """A guess at given names and family name, for the holder to correct; one word alone is the family name."""
    given, _, family = full_name.rpartition(" ")
    return given, family


def is_division(full_name: str, *, given: str, family: str) -> bool:
    """Whether two parts are the whole name and nothing but it, whichever of them comes first in it."""
    parts = [part for part in (" ".join(given.split()), " ".join(family.split())) if part]
    whole = " ".join(full_name.split())
    return bool(family.strip()) and whole in (" ".join(parts), " ".join(reversed(parts)))


def configuration_id(level_code: str) -> str:
    """The name under which the metadata describe the credential of a level."""
    return _CONFIGURATION + level_code


def _mac(key: str, message: str) -> bytes:
    return hmac.digest(key.encode(), message.encode("utf-8", "surrogatepass"), hashlib.sha256)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
