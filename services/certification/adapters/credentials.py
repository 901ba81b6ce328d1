"""A credential as it is issued: checked, signed in both formats, ready to be stored and handed out."""

from dataclasses import dataclass
from datetime import datetime

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.profile import check_profile
from services.certification.adapters.proofs import make_proof
from services.certification.adapters.signers.port import MessageTooLong
from services.certification.adapters.skeletons import Skeletons
from services.certification.adapters.spelling import with_members, write
from services.certification.adapters.vc_jwt import sign_token, token_claims
from services.certification.domain.credential import Credential

#: One store for the threads of a process; a worker that forks starts with what was known before.
_SKELETONS = Skeletons()


@dataclass(frozen=True)
class SignedCredential:
    """One credential in both formats: JSON-LD with a proof, byte for byte as it is handed out, and its twin.

    No twin where it is too long for the key's place; a proof signs 64 bytes, whatever it proves.
    """

    text: str
    jwt: str | None


def sign_credential(credential: Credential, *, key: SealingKey, now: datetime) -> SignedCredential:
    """Sign a certificate or pass. The same facts, key and instant give the same bytes (Ed25519 is deterministic).

    Written once: proof and claims are members that come after all others. Raises ProfileViolated where it holds what
    must not be signed, and SkeletonBroken.
    """
    document = credential.to_document()
    check_profile(document)
    text = write(document)
    proof = make_proof(document, key=key, now=now, canonical=_SKELETONS.canonical_form)
    return SignedCredential(
        text=with_members(text, {"proof": proof}),
        jwt=_twin(with_members(text, token_claims(document)), key=key),
    )


def _twin(payload: str, *, key: SealingKey) -> str | None:
    try:
        return sign_token(payload, key=key)
    except MessageTooLong:
        return None
