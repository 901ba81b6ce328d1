"""Public keys as Multikeys (W3C Controlled Identifiers 1.0, section 2.2.2), and the same as JWKs (RFC 7517)."""

import base64

import base58
from cryptography.hazmat.primitives.asymmetric import ec

from services.certification.domain.keys import KeyAlgorithm

#: The multicodec of a public key as a varint: 0xed and 0x1200.
_PREFIXES = {KeyAlgorithm.ED25519: b"\xed\x01", KeyAlgorithm.P256: b"\x80\x24"}


def multikey(algorithm: KeyAlgorithm, public_bytes: bytes) -> str:
    """A public key as text: `z6Mk…` for Ed25519, `zDn…` for P-256."""
    return "z" + base58.b58encode(_PREFIXES[algorithm] + public_bytes).decode()


def read_multikey(text: str) -> tuple[KeyAlgorithm, bytes]:
    """The algorithm and the bytes of a Multikey. Raises ValueError where it is none that we know."""
    if not text.startswith("z"):
        raise ValueError("not base58btc")
    content = base58.b58decode(text[1:])
    for algorithm, prefix in _PREFIXES.items():
        if content.startswith(prefix):
            return algorithm, content.removeprefix(prefix)
    raise ValueError("unknown kind of key")


def jwk_of_multikey(text: str) -> dict[str, str]:
    """The public key of a Multikey as a JWK, without a name. Raises ValueError."""
    algorithm, public_bytes = read_multikey(text)
    if algorithm is KeyAlgorithm.ED25519:
        return {"kty": "OKP", "crv": "Ed25519", "x": _base64url(public_bytes)}
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_bytes).public_numbers()
    x, y = (_base64url(number.to_bytes(32, "big")) for number in (point.x, point.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
