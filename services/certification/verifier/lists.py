"""Status lists: read within bounds, believed only with the issuer's own signature."""

import base64
import binascii
import zlib
from datetime import datetime
from typing import Any

from services.certification.adapters.proofs import has_valid_proof
from services.certification.domain.credential import CREDENTIALS_CONTEXT
from services.certification.verifier.findings import Finding, Question, Reason, failed, passed, unknown
from services.certification.verifier.sources import Sources, read_list

_MEMBERS = {"@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "proof"}
_SUBJECT_MEMBERS = {"id", "type", "statusPurpose", "encodedList"}
#: The bits of a list, unpacked: 128 million entries.
_MOST_BYTES = 16 * 1024 * 1024
_MEANINGS = {"revocation": Reason.REVOKED, "suspension": Reason.SUSPENDED}


def check_status(
    entry: dict[str, Any], *, issuer: str, keys: dict[str, str] | None, sources: Sources, now: datetime
) -> Finding:
    """What the list says that a credential names. One that is not to be believed says neither yes nor no."""
    content = sources.status_list(entry["statusListCredential"])
    document = read_list(content) if content is not None else None
    if document is None:
        return unknown(Question.STATUS, Reason.LIST_MISSING)
    if keys is None:
        return unknown(Question.STATUS, Reason.KEYS_MISSING)
    if not _is_of(document, entry, issuer) or not _is_signed(document, keys):
        return unknown(Question.STATUS, Reason.LIST_NOT_SIGNED)
    if not _is_present(document, now):
        return unknown(Question.STATUS, Reason.LIST_OUTDATED)
    bits = unpack(str(document["credentialSubject"]["encodedList"]).removeprefix("u"), wbits=31)
    index = int(entry["statusListIndex"])
    if bits is None or index >> 3 >= len(bits):
        return unknown(Question.STATUS, Reason.LIST_MISSING)
    if bits[index >> 3] & (0x80 >> (index & 7)):
        return failed(Question.STATUS, _MEANINGS[entry["statusPurpose"]])
    return passed(Question.STATUS, Reason.IN_FORCE)


def unpack(text: str, *, wbits: int) -> bytes | None:
    """Compressed bytes in base64url, within bounds; None where they are none. `wbits` 31 is GZIP, 15 is ZLIB."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        content = zlib.decompressobj(wbits).decompress(packed, _MOST_BYTES + 1)
    except (binascii.Error, zlib.error, ValueError):
        return None
    return content if len(content) <= _MOST_BYTES else None


def _is_of(document: dict[str, Any], entry: dict[str, Any], issuer: str) -> bool:
    """Whether a document has exactly the form of a list, and is the one that was named, by the same issuer."""
    subject = document.get("credentialSubject")
    return (
        set(document) == _MEMBERS
        and document["@context"] == [CREDENTIALS_CONTEXT]
        and document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
        and (document["id"], document["issuer"]) == (entry["statusListCredential"], issuer)
        and isinstance(subject, dict)
        and set(subject) == _SUBJECT_MEMBERS
        and all(isinstance(value, str) for value in subject.values())
        and (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", entry["statusPurpose"])
    )


def _is_signed(document: dict[str, Any], keys: dict[str, str]) -> bool:
    proof = document["proof"]
    method = proof.get("verificationMethod") if isinstance(proof, dict) else None
    return isinstance(method, str) and method in keys and has_valid_proof(document, public_key=keys[method])


def _is_present(document: dict[str, Any], now: datetime) -> bool:
    try:
        return datetime.fromisoformat(document["validFrom"]) <= now < datetime.fromisoformat(document["validUntil"])
    except (TypeError, ValueError):
        return False
