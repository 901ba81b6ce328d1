"""Whether a signature is one: what a key's public half says of it."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from services.certification.adapters.signers.port import Signer, SigningKeyUnusable
from services.certification.domain.keys import KeyAlgorithm

_MESSAGE = b"Does this key sign what its public half verifies?"


def check_signer(signer: Signer) -> None:
    """Let it sign once, and verify. Raises SigningKeyUnusable where the halves do not belong together."""
    signature = signer.sign(_MESSAGE)
    try:
        verify(signer.algorithm, signer.public_bytes, signature=signature, message=_MESSAGE)
    except (InvalidSignature, ValueError) as error:
        raise SigningKeyUnusable("its public half does not verify what it signs") from error


def verify(algorithm: KeyAlgorithm, public_bytes: bytes, *, signature: bytes, message: bytes) -> None:
    """Pass where a signature in the form of `Signer.sign` fits. Raises InvalidSignature or ValueError."""
    if algorithm is KeyAlgorithm.ED25519:
        Ed25519PublicKey.from_public_bytes(public_bytes).verify(signature, message)
        return
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public_key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_bytes)
    public_key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
