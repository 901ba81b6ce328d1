"""Checking bare signatures with a public key of ours, as tokens bear them."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from services.certification.adapters.multikey import read_multikey
from services.certification.domain.keys import KeyAlgorithm


def fits(signature: bytes, signed: bytes, *, public_key: str) -> bool:
    """Whether the key (a Multikey) has made this signature of 64 bytes (RFC 8032; RFC 7518, section 3.4).

    The algorithm is the key's own: what a token's header says of it is never asked.
    """
    if len(signature) != 64:
        return False
    try:
        algorithm, content = read_multikey(public_key)
        if algorithm is KeyAlgorithm.ED25519:
            Ed25519PublicKey.from_public_bytes(content).verify(signature, signed)
        else:
            key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), content)
            halves = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            key.verify(encode_dss_signature(*halves), signed, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
