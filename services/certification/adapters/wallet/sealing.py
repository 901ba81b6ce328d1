"""Signing for wallets with ES256: credentials (SD-JWT VC) and status lists (Token Status List)."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from openvc.status.issue import build_status_list_token
from openvc.status.token_status_list import new_status_list, set_status

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import read_multikey
from services.certification.domain.status import LIST_LENGTH
from services.certification.domain.wallet_credential import WalletCredential

#: Two bits for each index: in force, revoked, suspended.
_BITS = 2
#: Seconds for which a list may be kept by whoever has fetched it.
_LIST_FRESHNESS = 300
_COORDINATE = 32


@dataclass(frozen=True)
class _WalletKey:
    """Our key as the library asks for one."""

    key: SealingKey
    alg: str = "ES256"

    @property
    def kid(self) -> str:
        return self.key.code

    def sign(self, signing_input: bytes) -> bytes:
        return self.key.signer.sign(signing_input)


def seal_copy(credential: WalletCredential, *, key: SealingKey, holder_key: dict[str, Any]) -> str:
    """The credential with its disclosures, bound to a key of the holder's wallet."""
    return SdJwtVcProofSuite().issue(
        credential.claims(),
        signing_key=_WalletKey(key),
        disclosable=credential.disclosable,
        holder_jwk=holder_key,
        x5c=_chain(key.chain_file) if key.chain_file else None,
    )


def seal_status_token(
    values: Mapping[int, int], *, url: str, issuer: str, key: SealingKey, now: datetime, valid_until: datetime
) -> str:
    """A status list as a signed token: index -> value, everything else is in force."""
    packed = new_status_list(LIST_LENGTH, bits=_BITS)
    for index, value in values.items():
        set_status(packed, index, value, bits=_BITS)
    return build_status_list_token(
        signing_key=_WalletKey(key),
        uri=url,
        status_list=packed,
        bits=_BITS,
        issued_at=now,
        expires=valid_until,
        ttl=_LIST_FRESHNESS,
        issuer=issuer,
    )


def public_jwk(multibase: str, *, code: str) -> dict[str, str]:
    """A P-256 key of ours as a JWK under its name."""
    _, point = read_multikey(multibase)
    numbers = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point).public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": _coordinate(numbers.x),
        "y": _coordinate(numbers.y),
        "kid": code,
        "alg": "ES256",
        "use": "sig",
    }


@cache
def _chain(path: Path) -> tuple[str, ...]:
    """The X.509 certificates of a key, its own first, as a JOSE header bears them."""
    certificates = load_pem_x509_certificates(path.read_bytes())
    return tuple(base64.b64encode(certificate.public_bytes(Encoding.DER)).decode() for certificate in certificates)


def _coordinate(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(_COORDINATE, "big")).rstrip(b"=").decode()
