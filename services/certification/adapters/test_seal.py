"""The key of test mode: made from the service's own secret, known under a `did:key` of its own, trusted by nobody.

It is in no keyring, in no database and not in our did:web document: nothing that it signs can pass for a certificate.
"""

from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import multikey
from services.certification.adapters.open_proofs import add_open_proof
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.domain.keys import KeyPurpose

_PURPOSE = b"memo test credentials, version 1"


def did_of_tests(secret: str) -> str:
    """The issuer of test credentials."""
    return _key(secret).method.partition("#")[0]


def sign_test_document(document: dict[str, Any], *, secret: str, now: datetime) -> dict[str, Any]:
    """The document with the proof of the test key. Raises NotProvable, and Busy of adapters.reading."""
    return add_open_proof(document, key=_key(secret), now=now)


def _key(secret: str) -> SealingKey:
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    signer = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(seed))
    name = multikey(signer.algorithm, signer.public_bytes)
    return SealingKey(code="test", purpose=KeyPurpose.CREDENTIALS, signer=signer, method=f"did:key:{name}#{name}")
