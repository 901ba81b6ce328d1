"""The keys that speak for an issuer, from its did:web document."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from services.certification.adapters.multikey import multikey
from services.certification.domain.keys import KeyAlgorithm

_MOST_METHODS = 200


def asserting_keys(document: dict[str, Any]) -> dict[str, str]:
    """The keys that may sign credentials, as Multikeys by their address.

    Only those that the document controls itself and lists under `assertionMethod` (Controlled Identifiers 1.0, 2.3).
    """
    listed = document.get("assertionMethod")
    methods = document.get("verificationMethod")
    if not isinstance(listed, list) or not isinstance(methods, list):
        return {}
    asserting = {address for address in listed[:_MOST_METHODS] if isinstance(address, str)}
    return dict(_keys(methods[:_MOST_METHODS], str(document.get("id")), asserting))


def _keys(methods: list[Any], did: str, asserting: set[str]) -> Iterator[tuple[str, str]]:
    for method in methods:
        if not isinstance(method, dict) or method.get("controller") != did:
            continue
        address = method.get("id")
        found = _multikey_of(method)
        if isinstance(address, str) and address in asserting and address.startswith(f"{did}#") and found:
            yield address, found


def _multikey_of(method: dict[str, Any]) -> str | None:
    multibase, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    if isinstance(multibase, str):
        return multibase
    return _of_jwk(jwk) if isinstance(jwk, dict) else None


def _of_jwk(jwk: dict[str, Any]) -> str | None:
    x, y = _number(jwk.get("x")), _number(jwk.get("y"))
    if (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519") and x is not None:
        return multikey(KeyAlgorithm.ED25519, x)
    if (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256") and x is not None and y is not None:
        return multikey(KeyAlgorithm.P256, bytes([2 + (y[-1] & 1)]) + x)
    return None


def _number(text: object) -> bytes | None:
    """32 bytes of a coordinate or key."""
    if not isinstance(text, str):
        return None
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return content if len(content) == 32 else None
