"""The port of the seal: bytes in, signature out. The file behind it may become a token or a service."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key


class SigningKeyUnusable(Exception):
    """The file of the signing key is missing or holds no Ed25519 key."""


class Signer(Protocol):
    """What signs. `public_bytes` are the 32 bytes of the Ed25519 key that verifies."""

    @property
    def public_bytes(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class FileSigner:
    """An Ed25519 key in a PEM file (PKCS #8)."""

    key: Ed25519PrivateKey

    @property
    def public_bytes(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


def open_key_file(path: Path) -> FileSigner:
    """The signer of a key file: a JWK (RFC 8037) or PEM (PKCS #8). Raises SigningKeyUnusable."""
    try:
        content = path.read_bytes()
        key = _from_jwk(content) if content.lstrip().startswith(b"{") else load_pem_private_key(content, password=None)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SigningKeyUnusable(f"{path}: {type(error).__name__}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningKeyUnusable(f"{path}: not an Ed25519 key")
    return FileSigner(key)


def _from_jwk(content: bytes) -> Ed25519PrivateKey:
    jwk = json.loads(content)
    if (jwk["kty"], jwk["crv"]) != ("OKP", "Ed25519"):
        raise ValueError(jwk["kty"])
    secret = base64.urlsafe_b64decode(jwk["d"] + "=" * (-len(jwk["d"]) % 4))
    return Ed25519PrivateKey.from_private_bytes(secret)
