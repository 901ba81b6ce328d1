"""Private keys that never leave a cloud's key management service."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from services.certification.adapters.signers.port import MessageTooLong, SigningKeyUnusable
from services.certification.domain.keys import KeyAlgorithm
from shared.kms import KmsKey, KmsUnusable
from shared.observability.logs import get_logger

logger = get_logger(__name__)

#: What the service takes at most as a message. Ed25519 must see all of it; for P-256 the digest is enough.
_LONGEST_MESSAGE = 4_096


@dataclass(frozen=True)
class KmsSigner:
    """One key: of the kind ECC_NIST_EDWARDS25519, or ECC_NIST_P256."""

    key: KmsKey
    algorithm: KeyAlgorithm

    @cached_property
    def public_bytes(self) -> bytes:
        try:
            public_key = load_der_public_key(self.key.public_key())
        except (KmsUnusable, ValueError) as error:
            raise _unusable(error) from error
        if self.algorithm is KeyAlgorithm.ED25519 and isinstance(public_key, Ed25519PublicKey):
            return public_key.public_bytes_raw()
        curve = public_key.curve if isinstance(public_key, ec.EllipticCurvePublicKey) else None
        if self.algorithm is KeyAlgorithm.P256 and isinstance(curve, ec.SECP256R1):
            return public_key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        raise SigningKeyUnusable(f"the key of the service is no {self.algorithm} key")

    def sign(self, message: bytes) -> bytes:
        try:
            return self._sign(message)
        except (KmsUnusable, ValueError) as error:
            raise _unusable(error) from error

    def _sign(self, message: bytes) -> bytes:
        if self.algorithm is KeyAlgorithm.ED25519:
            if len(message) > _LONGEST_MESSAGE:
                raise MessageTooLong(f"the service signs {_LONGEST_MESSAGE} bytes at most with Ed25519")
            return self.key.sign(message, message_type="RAW", algorithm="ED25519_SHA_512")
        digest = hashlib.sha256(message).digest()
        r, s = decode_dss_signature(self.key.sign(digest, message_type="DIGEST", algorithm="ECDSA_SHA_256"))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def _unusable(error: Exception) -> SigningKeyUnusable:
    logger.error("kms_unusable", reason=str(error))
    return SigningKeyUnusable(f"key management service: {error}")
