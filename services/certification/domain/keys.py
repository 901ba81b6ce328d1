"""Signing keys: what each is for, and the states of its life."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from shared.kernel.transitions import Transitions


class KeyAlgorithm(StrEnum):
    """Ed25519 (RFC 8032), or ECDSA with P-256 and SHA-256 (FIPS 186-5)."""

    ED25519 = "ed25519"
    P256 = "p256"


class KeyPurpose(StrEnum):
    """What a key signs. Each purpose has one key that signs at a time."""

    CREDENTIALS = "credentials"  # credentials, their twins as JWT, status lists, heads of the log
    WALLET = "wallet"  # SD-JWT credentials for wallets, and their status lists
    DOCUMENTS = "documents"  # the seal of PDF files; its key has an X.509 certificate


#: The algorithm that the formats of a purpose ask for: eddsa-rdfc-2022; ES256 in wallets; PAdES.
ALGORITHMS: Mapping[KeyPurpose, KeyAlgorithm] = {
    KeyPurpose.CREDENTIALS: KeyAlgorithm.ED25519,
    KeyPurpose.WALLET: KeyAlgorithm.P256,
    KeyPurpose.DOCUMENTS: KeyAlgorithm.P256,
}


class KeyState(StrEnum):
    """Announced verifies and does not sign yet; active does both; retired only verifies; revoked does neither."""

    ANNOUNCED = "announced"
    ACTIVE = "active"
    RETIRED = "retired"
    REVOKED = "revoked"


class KeyRevocationReason(StrEnum):
    """Why a key is no longer trusted; anybody may read it."""

    COMPROMISED = "compromised"  # somebody else has had it
    SUSPECTED = "suspected"  # somebody else may have had it
    UNFIT = "unfit"  # made or kept against the rules, so that nobody should rely on it


KEY_TRANSITIONS = Transitions(
    "signing_key",
    {
        KeyState.ANNOUNCED: frozenset({KeyState.ACTIVE, KeyState.REVOKED}),
        KeyState.ACTIVE: frozenset({KeyState.RETIRED, KeyState.REVOKED}),
        KeyState.RETIRED: frozenset({KeyState.REVOKED}),
        KeyState.REVOKED: frozenset(),
    },
)

#: Whose keys stand in the did:web document. A seal of PDF files is checked by its X.509 chain instead: a key that
#: leaves its box there must not be able to speak for credentials as well.
PUBLISHED_PURPOSES = frozenset({KeyPurpose.CREDENTIALS, KeyPurpose.WALLET})

#: A key is announced for twice as long as caches may hold the document that names our keys, before it signs.
ANNOUNCEMENT = timedelta(minutes=10)

#: What the second form of a key, as a JWK, bears behind its name in the did:web document.
JWK_SUFFIX = "-jwk"
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def is_key_code(text: str) -> bool:
    """Whether a key can bear this name: it becomes the fragment of an address."""
    return _CODE.fullmatch(text) is not None and not text.endswith(JWK_SUFFIX)


def is_announced_long_enough(*, announced_at: datetime, now: datetime) -> bool:
    """Whether everybody who keeps a copy of our keys has had time to learn of this one."""
    return now - announced_at >= ANNOUNCEMENT
