"""Private keys in files: a JWK (RFC 7517, RFC 8037), or PEM (PKCS #8)."""

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from services.certification.adapters.signers.port import Signer, SigningKeyUnusable
from services.certification.domain.keys import KeyAlgorithm


@dataclass(frozen=True)
class Ed25519Signer:
    """An Ed25519 key in memory."""

    key: Ed25519PrivateKey
    algorithm: KeyAlgorithm = KeyAlgorithm.ED25519

    @property
    def public_bytes(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


@dataclass(frozen=True)
class P256Signer:
    """A P-256 key in memory."""

    key: ec.EllipticCurvePrivateKey
    algorithm: KeyAlgorithm = KeyAlgorithm.P256

    @property
    def public_bytes(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)

    def sign(self, message: bytes) -> bytes:
        # Deterministic (RFC 6979): a document that is made again becomes the same file, byte for byte.
        method = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self.key.sign(message, method))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def open_key_file(path: Path) -> Signer:
    """The signer of a key file. Raises SigningKeyUnusable."""
    try:
        content = path.read_bytes()
        key = _from_jwk(content) if content.lstrip().startswith(b"{") else load_pem_private_key(content, password=None)
    except (OSError, ValueError, TypeError, KeyError, JoseError) as error:
        raise SigningKeyUnusable(f"{path}: {type(error).__name__}") from error
    if isinstance(key, Ed25519PrivateKey):
        return Ed25519Signer(key)
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return P256Signer(key)
    raise SigningKeyUnusable(f"{path}: neither an Ed25519 nor a P-256 key")


def _from_jwk(content: bytes) -> object:
    jwk = json.loads(content)
    key = OKPKey.import_key(jwk) if jwk["kty"] == "OKP" else ECKey.import_key(jwk)
    return key.private_key
