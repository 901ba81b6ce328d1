"""Data Integrity proofs with the suite eddsa-rdfc-2022 (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2)."""

import hashlib
from datetime import datetime
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.certification.adapters.canonical import canonical_form
from services.certification.adapters.signer import Signer
from services.certification.domain.credential import timestamp

_SUITE = "eddsa-rdfc-2022"
#: The two bytes that mark an Ed25519 public key in a Multikey (multicodec 0xed as a varint).
_ED25519_PREFIX = b"\xed\x01"


def add_proof(document: dict[str, Any], *, signer: Signer, method: str, now: datetime) -> dict[str, Any]:
    """The document with a proof; `method` is the full address of the key, such as `did:web:…#key-2026-1`."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": _SUITE,
        "created": timestamp(now),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = signer.sign(_signed_bytes(document, proof))
    return document | {"proof": proof | {"proofValue": "z" + base58.b58encode(signature).decode()}}


def has_valid_proof(document: dict[str, Any], *, public_key: str) -> bool:
    """Whether the one proof of a document was made by this key (a Multikey) over exactly what the document says."""
    proof = dict(document["proof"])
    if proof.get("cryptosuite") != _SUITE or proof.get("proofPurpose") != "assertionMethod":
        return False
    value = proof.pop("proofValue", "")
    unsigned = {name: content for name, content in document.items() if name != "proof"}
    try:
        key = Ed25519PublicKey.from_public_bytes(base58.b58decode(public_key[1:]).removeprefix(_ED25519_PREFIX))
        key.verify(base58.b58decode(value[1:]), _signed_bytes(unsigned, proof))
    except (InvalidSignature, ValueError):
        return False
    return True


def multikey(public_bytes: bytes) -> str:
    """An Ed25519 public key of 32 bytes as a Multikey: `z6Mk…`."""
    return "z" + base58.b58encode(_ED25519_PREFIX + public_bytes).decode()


def _signed_bytes(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    configuration = proof | {"@context": document["@context"]}
    return hashlib.sha256(canonical_form(configuration)).digest() + hashlib.sha256(canonical_form(document)).digest()
