"""Proofs of others and of our test key: keys that stand in their own names (`did:key`), contexts beyond our profile."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import base58

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.reading import Refused, Task, run_isolated
from services.certification.adapters.signatures import fits
from services.certification.domain.credential import timestamp
from services.certification.domain.data_model import instant_of

_SUITE = "eddsa-rdfc-2022"
_PREFIX = "did:key:"
#: Each costs a process.
_MOST_PROOFS = 3


class NotProvable(Exception):
    """A document has no canonical form that says all it says, or none that can be had in time."""


@dataclass(frozen=True)
class Asked:
    """What a proof has to be for; a challenge and a domain only where the verifier has set them."""

    purpose: str
    challenge: str | None = None
    domain: str | None = None


def add_open_proof(document: dict[str, Any], *, key: SealingKey, now: datetime) -> dict[str, Any]:
    """The document with a proof of a key. Raises NotProvable, and Busy of adapters.reading."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": _SUITE,
        "created": timestamp(now),
        "verificationMethod": key.method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.signer.sign(_signed_bytes(document, proof))
    return document | {"proof": proof | {"proofValue": "z" + base58.b58encode(signature).decode()}}


def signers_of_proofs(document: dict[str, Any], *, asked: Asked, now: datetime) -> frozenset[str]:
    """Each `did:key` whose proof a document bears; empty where a proof is missing, foreign, over or wrong.

    Of several proofs all must be right, also those that others build upon (Data Integrity 1.0, section 4.5: proof sets
    and chains). Raises Busy of adapters.reading.
    """
    given = _as_list(document.get("proof"))
    proofs = [proof for proof in given if isinstance(proof, dict)]
    if not 0 < len(proofs) <= _MOST_PROOFS or len(proofs) < len(given):
        return frozenset()
    signers = []
    for proof in proofs:
        vouched = _vouched_for(document, proof, proofs)
        signers.append(None if vouched is None else _signer(vouched, proof, asked=asked, now=now))
    return frozenset() if None in signers else frozenset(filter(None, signers))


def key_of_did(method: str) -> str | None:
    """The Multikey in the address of a key of a `did:key`."""
    did, _, fragment = method.partition("#")
    multibase = did.removeprefix(_PREFIX)
    return multibase if did.startswith(_PREFIX) and fragment in ("", multibase) else None


def _vouched_for(
    document: dict[str, Any], proof: dict[str, Any], proofs: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """What a proof is about: the document, with the proofs that it follows; None where one of those is not there."""
    unsigned = {name: content for name, content in document.items() if name != "proof"}
    named = proof.get("previousProof", [])
    previous = [[one for one in proofs if one.get("id") == name] for name in _as_list(named)]
    if not all(isinstance(name, str) for name in _as_list(named)) or any(len(found) != 1 for found in previous):
        return None
    return unsigned | {"proof": [found[0] for found in previous]} if previous else unsigned


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _signer(unsigned: dict[str, Any], proof: dict[str, Any], *, asked: Asked, now: datetime) -> str | None:
    if not _is_as_asked(proof, asked=asked, now=now):
        return None
    method, value = proof["verificationMethod"], proof.get("proofValue")
    key = key_of_did(method)
    if key is None or not isinstance(value, str) or not value.startswith("z"):
        return None
    configuration = {name: content for name, content in proof.items() if name != "proofValue"}
    try:
        signature, signed = base58.b58decode(value[1:]), _signed_bytes(unsigned, configuration)
    except (NotProvable, ValueError):
        return None
    return method.partition("#")[0] if fits(signature, signed, public_key=key) else None


def _signed_bytes(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    configuration = proof | {"@context": document.get("@context")}
    data = json.dumps([configuration, document]).encode()
    try:
        return b"".join(map(bytes.fromhex, run_isolated(Task.CANONICAL, data=data)["digests"]))
    except Refused as error:
        raise NotProvable from error


def _is_as_asked(proof: dict[str, Any], *, asked: Asked, now: datetime) -> bool:
    expires = instant_of(proof["expires"]) if "expires" in proof else None
    return (
        proof.get("type") == "DataIntegrityProof"
        and proof.get("cryptosuite") == _SUITE
        and proof.get("proofPurpose") == asked.purpose
        and isinstance(proof.get("verificationMethod"), str)
        and "@context" not in proof
        and ("created" not in proof or instant_of(proof["created"]) is not None)
        and ("expires" not in proof or (expires is not None and expires > now))
        and asked.challenge in (None, proof.get("challenge"))
        and asked.domain in (None, proof.get("domain"))
    )
