"""The same credential as a JSON Web Token (VC-JOSE-COSE; Open Badges 3.0, section 8.2.4.1)."""

import base64
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.spelling import write
from services.certification.domain.keys import JWK_SUFFIX, KeyAlgorithm

#: The names of RFC 8037 and RFC 7518. For Ed25519, RFC 9864 has a newer name, which few verifiers know (decision 0017).
ALGORITHM_NAMES: Mapping[KeyAlgorithm, str] = MappingProxyType(
    {KeyAlgorithm.ED25519: "EdDSA", KeyAlgorithm.P256: "ES256"}
)
TYPE = "vc+jwt"


def encode_credential(document: dict[str, Any], *, key: SealingKey) -> str:
    """The signed token of an unsigned credential."""
    return sign_token(write(document | token_claims(document)), key=key)


def sign_token(payload: str, *, key: SealingKey) -> str:
    """The token of a payload in JSON. Its signature comes from the port, as every other does."""
    signed = _header(key.signer.algorithm, key.method) + _base64url(payload.encode())
    return (signed + b"." + _base64url(key.signer.sign(signed))).decode()


def token_claims(document: dict[str, Any]) -> dict[str, Any]:
    """What a library for tokens looks at, equal to what the credential says."""
    claims: dict[str, Any] = {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
    }
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"])
    return claims


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@lru_cache(maxsize=64)
def _header(algorithm: KeyAlgorithm, method: str) -> bytes:
    """Whatever a key signs has the same header; the dot after it included."""
    header = {"alg": ALGORITHM_NAMES[algorithm], "typ": TYPE, "kid": method + JWK_SUFFIX}
    return _base64url(write(header).encode()) + b"."


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
