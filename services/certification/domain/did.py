"""Our identifier on the web (`did:web`) and the document that says which keys speak for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from shared.kernel.transitions import Transitions


class KeyState(StrEnum):
    """Active signs and verifies; retired only verifies; revoked does neither."""

    ACTIVE = "active"
    RETIRED = "retired"
    REVOKED = "revoked"


KEY_TRANSITIONS = Transitions(
    "signing_key",
    {
        KeyState.ACTIVE: frozenset({KeyState.RETIRED, KeyState.REVOKED}),
        KeyState.RETIRED: frozenset({KeyState.REVOKED}),
        KeyState.REVOKED: frozenset(),
    },
)


@dataclass(frozen=True)
class PublicKey:
    """One public key. `code` is its name within the identifier, such as `key-2026-1`."""

    code: str
    multibase: str


def did_of(base_url: str) -> str:
    """The `did:web` of an origin: `https://memo.example` gives `did:web:memo.example`.

    The method allows no IP address (did:web, section 3.1); one machine's own address is therefore `localhost`.
    """
    host = urlsplit(base_url).netloc.lower().replace("127.0.0.1", "localhost")
    return "did:web:" + host.replace(":", "%3A")


def did_document(did: str, keys: Iterable[PublicKey]) -> dict[str, Any]:
    """What is served under `/.well-known/did.json`: each key that still verifies, as a Multikey.

    A retired key stays in `assertionMethod` as long as credentials live that it signed.
    """
    methods = [
        {
            "id": f"{did}#{key.code}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.multibase,
        }
        for key in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
