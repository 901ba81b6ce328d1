"""Data Integrity proofs with the suite eddsa-rdfc-2022 (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2)."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.certification.adapters.canonical import NotCanonical, canonical_form
from services.certification.adapters.contexts import UnknownContext
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import read_multikey
from services.certification.domain.credential import timestamp
from services.certification.domain.keys import KeyAlgorithm

_SUITE = "eddsa-rdfc-2022"
#: What a proof may say. A member that is not signed, or that we would not heed, has no place in it.
_MEMBERS = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue", "expires"})

Canonical = Callable[[dict[str, Any]], bytes]


def add_proof(
    document: dict[str, Any], *, key: SealingKey, now: datetime, canonical: Canonical = canonical_form
) -> dict[str, Any]:
    """The document with a proof of an Ed25519 key. Raises UnknownContext and NotCanonical."""
    return document | {"proof": make_proof(document, key=key, now=now, canonical=canonical)}


def make_proof(
    document: dict[str, Any], *, key: SealingKey, now: datetime, canonical: Canonical = canonical_form
) -> dict[str, Any]:
    """The proof of an Ed25519 key for a document. Raises UnknownContext and NotCanonical."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": _SUITE,
        "created": timestamp(now),
        "verificationMethod": key.method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.signer.sign(_signed_bytes(document, proof, canonical))
    return proof | {"proofValue": "z" + base58.b58encode(signature).decode()}


def has_valid_proof(document: dict[str, Any], *, public_key: str) -> bool:
    """Whether the one proof of a document was made by this key (a Multikey) over exactly what the document says.

    False, and never an error, for whatever else a stranger may hand in. A proof covers meaning: two spellings of one
    JSON-LD document have the same proof, so that our own profile is also held to the letter by `adapters.profile`.
    """
    proof = document.get("proof")
    if not isinstance(proof, dict) or not _is_of_suite(proof):
        return False
    value = proof["proofValue"]
    configuration = {name: content for name, content in proof.items() if name != "proofValue"}
    unsigned = {name: content for name, content in document.items() if name != "proof"}
    try:
        algorithm, public_bytes = read_multikey(public_key)
        if algorithm is not KeyAlgorithm.ED25519:
            return False
        signed = _signed_bytes(unsigned, configuration, canonical_form)
        Ed25519PublicKey.from_public_bytes(public_bytes).verify(base58.b58decode(value[1:]), signed)
    except (InvalidSignature, NotCanonical, UnknownContext, ValueError):
        return False
    return True


def _is_of_suite(proof: dict[str, Any]) -> bool:
    return (
        set(proof) <= _MEMBERS
        and all(isinstance(content, str) for content in proof.values())
        and proof.get("type") == "DataIntegrityProof"
        and proof.get("cryptosuite") == _SUITE
        and proof.get("proofPurpose") == "assertionMethod"
        and proof.get("proofValue", "").startswith("z")
    )


def _signed_bytes(document: dict[str, Any], proof: dict[str, Any], canonical: Canonical) -> bytes:
    configuration = json.dumps(proof | {"@context": document.get("@context")})
    return _hash_of_configuration(configuration) + hashlib.sha256(canonical(document)).digest()


@lru_cache(maxsize=256)
def _hash_of_configuration(text: str) -> bytes:
    """All credentials that a key signs within a second have the same configuration."""
    return hashlib.sha256(canonical_form(json.loads(text))).digest()
