"""One file, its questions, its answers: for credentials of our profile, for wallet copies, for foreign badges."""

from datetime import datetime
from typing import Any

from services.certification.adapters.profile import is_of_profile
from services.certification.adapters.proofs import has_valid_proof
from services.certification.adapters.reading import Busy, Refused, Task, run_isolated
from services.certification.adapters.signatures import fits
from services.certification.adapters.vc_jwt import token_claims
from services.certification.domain.credential import holder_of
from services.certification.domain.errors import (
    UploadOfOldForm,
    UploadsBusy,
    UploadTooLarge,
    UploadUnreadable,
    UploadWithoutCredential,
)
from services.certification.domain.presented import FileKind, Form, Presented
from services.certification.domain.text import comparable_name
from services.certification.operations.verification.uploads import open_upload
from services.certification.verifier.findings import Finding, Question, Reason, Report, failed, passed, unknown
from services.certification.verifier.foreign import check_foreign
from services.certification.verifier.keys import asserting_keys
from services.certification.verifier.lists import check_status
from services.certification.verifier.sources import Sources
from services.certification.verifier.times import check_time
from services.certification.verifier.wallet import check_copy, header_of

#: Why a file cannot be read; each has its sentence in `words.py`.
_PROBLEMS: tuple[tuple[type[Exception], str], ...] = (
    (UploadTooLarge, "too_large"),
    (UploadOfOldForm, "old_badge"),
    (UploadWithoutCredential, "nothing_inside"),
    (UploadsBusy, "busy"),
    (UploadUnreadable, "unreadable"),
)


def verify_file(data: bytes, *, sources: Sources, name: str | None, now: datetime) -> Report:
    """Everything that can be said of a file. Never raises for what stands in it."""
    try:
        presented = open_upload(data=data)
        return _verify(presented, sources=sources, name=name, now=now)
    except tuple(kind for kind, _ in _PROBLEMS) as error:
        return Report(findings=(), problem=next(word for kind, word in _PROBLEMS if isinstance(error, kind)))


def _verify(presented: Presented, *, sources: Sources, name: str | None, now: datetime) -> Report:
    if presented.form is Form.DISCLOSING_TOKEN:
        return check_copy(presented, sources=sources, name=name, now=now)
    document = _credential_in(presented)
    if not is_of_profile(document):
        return check_foreign(presented, sources=sources, name=name, now=now)
    did = document["issuer"]["id"]
    described = sources.did_document(did)
    keys = asserting_keys(described) if described is not None else None
    findings = [
        _signature(presented, document, keys),
        check_time(document.get("validFrom"), document.get("validUntil"), now=now),
        check_status(document["credentialStatus"], issuer=did, keys=keys, sources=sources, now=now),
    ]
    if presented.container is FileKind.PDF:
        findings.append(_paper(presented, sources))
    if name is not None:
        findings.append(_name(document, name))
    return Report(findings=tuple(findings), facts=_facts(document))


def _credential_in(presented: Presented) -> dict[str, Any]:
    """The credential without what a token adds to it; a token that says two things is no credential of ours."""
    if presented.form is not Form.TOKEN:
        return presented.document
    document = {name: value for name, value in presented.document.items() if name not in _TOKEN_NAMES}
    is_same = is_of_profile(document) and token_claims(document) == {
        name: presented.document[name] for name in _TOKEN_NAMES if name in presented.document
    }
    return document if is_same else presented.document


_TOKEN_NAMES = ("iss", "jti", "sub", "nbf", "exp")


def _signature(presented: Presented, document: dict[str, Any], keys: dict[str, str] | None) -> Finding:
    """Whether a key of the very issuer that the credential names has signed exactly this."""
    method = _method(presented, document)
    if not method.startswith(document["issuer"]["id"] + "#"):
        return failed(Question.SIGNATURE, Reason.NOT_THE_ISSUER)
    if keys is None:
        return unknown(Question.SIGNATURE, Reason.KEYS_MISSING)
    if method not in keys:
        return failed(Question.SIGNATURE, Reason.KEY_UNKNOWN)
    if presented.form is Form.TOKEN:
        is_signed = fits(presented.signature, presented.signed, public_key=keys[method])
    else:
        is_signed = has_valid_proof(document, public_key=keys[method])
    return passed(Question.SIGNATURE, Reason.SIGNED) if is_signed else failed(Question.SIGNATURE, Reason.NOT_SIGNED)


def _method(presented: Presented, document: dict[str, Any]) -> str:
    """The address of the key that the credential says it was signed with; empty where it names none."""
    if presented.form is Form.TOKEN:
        return str(header_of(presented).get("kid", ""))
    proof = document.get("proof")
    return str(proof["verificationMethod"]) if isinstance(proof, dict) else ""


def _paper(presented: Presented, sources: Sources) -> Finding:
    """Whether the sheet that somebody reads is the one that was sealed: the credential inside does not say so."""
    if not presented.has_seal:
        return unknown(Question.PAPER, Reason.SEAL_MISSING)
    try:
        seals = run_isolated(Task.SEAL, data=presented.file)["seals"]
    except (Busy, Refused):
        return unknown(Question.PAPER, Reason.SEAL_MISSING)
    if not seals or not all(seal["is_whole"] for seal in seals):
        return failed(Question.PAPER, Reason.SEAL_BROKEN)
    if sources.seal_file is None:
        return unknown(Question.PAPER, Reason.SEAL_NOT_NAMED)
    known = sources.sealing_points()
    is_of_issuer = all(seal["public_point"] in known for seal in seals)
    return passed(Question.PAPER, Reason.SEALED) if is_of_issuer else failed(Question.PAPER, Reason.SEAL_OF_ANOTHER)


def _name(document: dict[str, Any], name: str) -> Finding:
    holder = holder_of(document)
    open_names = [
        identity["identityHash"]
        for identity in document["credentialSubject"]["identifier"]
        if identity["hashed"] is False
    ]
    if holder is None and not open_names:
        return unknown(Question.NAME, Reason.NAME_NOT_THERE)
    wanted = comparable_name(name)
    is_same = holder.matches(name) if holder else wanted in [comparable_name(found) for found in open_names]
    return passed(Question.NAME, Reason.NAME_FITS) if is_same else failed(Question.NAME, Reason.NAME_DIFFERS)


def _facts(document: dict[str, Any]) -> dict[str, Any]:
    achievement = document["credentialSubject"]["achievement"]
    return {
        "id": document["id"],
        "title": achievement["name"],
        "criteria": achievement["criteria"]["narrative"],
        "issuer": document["issuer"]["id"],
        "issuer_name": document["issuer"]["name"],
        "valid_from": document["validFrom"],
        "valid_until": document.get("validUntil"),
    }
