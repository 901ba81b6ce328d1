"""Our identifier on the web (`did:web`) and the document that says which keys speak for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from services.certification.domain.keys import JWK_SUFFIX


@dataclass(frozen=True)
class PublicKey:
    """One public key in its two forms. `code` is its name within the identifier, such as `key-2026-1`."""

    code: str
    multibase: str
    jwk: Mapping[str, str]


def did_of(base_url: str) -> str:
    """The `did:web` of an origin: `https://memo.example` gives `did:web:memo.example`.

    The method allows no IP address (did:web, section 3.1); one machine's own address is therefore `localhost`.
    """
    host = urlsplit(base_url).netloc.lower().replace("127.0.0.1", "localhost")
    return "did:web:" + host.replace(":", "%3A")


def did_document(did: str, keys: Iterable[PublicKey]) -> dict[str, Any]:
    """What is served under `/.well-known/did.json`: each key that still verifies, as a Multikey and as a JWK.

    Data Integrity proofs ask for a Multikey, JOSE (credentials as JWT, wallets) for a JWK, and one method may not hold
    both (Controlled Identifiers 1.0, section 2.2). A retired key stays in `assertionMethod` as long as credentials
    live that it signed.
    """
    methods = [method for key in keys for method in _methods(did, key)]
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _methods(did: str, key: PublicKey) -> list[dict[str, Any]]:
    address = f"{did}#{key.code}"
    return [
        {"id": address, "type": "Multikey", "controller": did, "publicKeyMultibase": key.multibase},
        {
            "id": address + JWK_SUFFIX,
            "type": "JsonWebKey",
            "controller": did,
            "publicKeyJwk": dict(key.jwk),
        },
    ]
