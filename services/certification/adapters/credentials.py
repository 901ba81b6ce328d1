"""A credential as it is issued: checked, signed in both formats, ready to be stored and handed out."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.profile import check_profile
from services.certification.adapters.proofs import add_proof
from services.certification.adapters.skeletons import Skeletons
from services.certification.adapters.vc_jwt import encode_credential
from services.certification.domain.credential import Credential

#: One store for the threads of a process; a worker that forks starts with what was known before.
_SKELETONS = Skeletons()


@dataclass(frozen=True)
class SignedCredential:
    """One credential in both formats: JSON-LD with a proof, byte for byte as it is handed out, and its twin."""

    text: str
    jwt: str


def sign_credential(credential: Credential, *, key: SealingKey, now: datetime) -> SignedCredential:
    """Sign a certificate or pass. The same facts, key and instant give the same bytes (Ed25519 is deterministic).

    Raises ProfileViolated where it holds what must not be signed, and SkeletonBroken.
    """
    document = credential.to_document()
    check_profile(document)
    signed = add_proof(document, key=key, now=now, canonical=_SKELETONS.canonical_form)
    return SignedCredential(text=write(signed), jwt=encode_credential(document, key=key))


def write(document: dict[str, Any]) -> str:
    """A document as text, without white space between members."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
