"""Files that strangers hand in: read in isolation, checked against what we have issued, and forgotten."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.multikey import multikey
from services.certification.adapters.reading import Busy, Refused, Task, run_isolated
from services.certification.adapters.seal import Seal
from services.certification.adapters.signatures import fits
from services.certification.domain.badges import BadgeForm
from services.certification.domain.errors import (
    UploadOfOldForm,
    UploadsBusy,
    UploadTooLarge,
    UploadUnknown,
    UploadUnreadable,
    UploadWithoutCredential,
)
from services.certification.domain.keys import KeyAlgorithm, KeyPurpose
from services.certification.domain.presented import (
    FILE_LIMIT_KIB,
    FileKind,
    Form,
    Presented,
    kind_of,
    read_credential,
)
from services.certification.domain.verification import UPLOAD_LIMIT_KIB
from services.certification.operations.badges import draw_baked_badge
from services.certification.operations.verification.checking import (
    are_same,
    find_claimed,
    report_certificate,
    verify_document,
    verify_number,
)
from services.certification.operations.verification.findings import (
    Carrier,
    CertificateVerification,
    PassVerification,
    UploadVerification,
)
from services.certification.queries.documents import knows_document
from services.certification.queries.verification import (
    KnownCertificate,
    KnownKey,
    find_number_of_copy,
    list_known_keys,
)

_TASKS = {FileKind.PDF: Task.PDF, FileKind.PNG: Task.PNG, FileKind.SVG: Task.SVG}
#: The names that a token has beside the credential's own (Open Badges 3.0, section 8.2.4.1).
_TOKEN_CLAIMS = frozenset({"iss", "jti", "sub", "nbf", "exp", "iat"})
#: What a wallet's copy tells machines; the rest is for people.
_MACHINE_CLAIMS = frozenset({"iss", "iat", "nbf", "exp", "vct", "vct#integrity", "status", "cnf", "sub"})


def open_upload(*, data: bytes) -> Presented:
    """The one credential in a file, not yet checked. Touches no database, so that none waits for it.

    Raises UploadTooLarge, UploadUnreadable (also as UploadWithoutCredential, UploadOfOldForm) and UploadsBusy.
    """
    if len(data) > FILE_LIMIT_KIB * 1024:
        raise UploadTooLarge(limit_kib=FILE_LIMIT_KIB)
    kind = kind_of(data)
    if kind is FileKind.TEXT:
        if len(data) > UPLOAD_LIMIT_KIB * 1024:
            raise UploadTooLarge(limit_kib=UPLOAD_LIMIT_KIB)
        return _read_text(data)
    answer = _read_container(_TASKS[kind], data)
    presented = _the_one_of(answer["candidates"])
    return replace(presented, container=kind, file=data, has_seal=bool(answer["has_seal"]))


def verify_presented(session: Session, *, presented: Presented, seal: Seal, now: datetime) -> UploadVerification | None:
    """What we say of a credential of ours; None where it is another issuer's.

    Raises UploadUnknown where it claims to be ours and is not.
    """
    if presented.form is Form.DISCLOSING_TOKEN:
        return _verify_copy(session, presented, seal=seal, now=now)
    if not _claims_to_be_ours(presented.document, seal=seal):
        return None
    if presented.form is Form.TOKEN:
        found = _verify_token(session, presented, seal=seal, now=now)
    else:
        found = verify_document(session, document=presented.document, seal=seal, now=now)
    return UploadVerification(found=found, carrier=_carrier(session, presented, found))


def _read_text(data: bytes) -> Presented:
    try:
        return read_credential(data.decode())
    except UnicodeDecodeError as error:
        raise UploadUnreadable(reason="not_text") from error


def _read_container(task: Task, data: bytes) -> dict[str, Any]:
    try:
        answer = run_isolated(task, data=data)
    except Busy as error:
        raise UploadsBusy from error
    except Refused as error:
        kind = UploadOfOldForm if str(error) == "old_badge" else UploadUnreadable
        raise kind(reason=str(error)) from error
    candidates = answer.get("candidates")
    if not isinstance(candidates, list) or not all(isinstance(text, str) for text in candidates):
        raise UploadUnreadable(reason="damaged")
    return {"has_seal": False} | answer


def _the_one_of(candidates: Iterable[str]) -> Presented:
    """Several forms of one credential may lie in a file, but not two credentials: nobody could tell which counts."""
    found = []
    for candidate in candidates:
        if len(candidate.encode()) > UPLOAD_LIMIT_KIB * 1024:
            raise UploadTooLarge(limit_kib=UPLOAD_LIMIT_KIB)
        presented = read_credential(candidate)
        if _is_credential(presented):
            found.append(presented)
    if not found:
        raise UploadWithoutCredential(reason="nothing_inside")
    if len({str(presented.document.get("id")) for presented in found}) > 1:
        raise UploadUnreadable(reason="several")
    return next((presented for presented in found if presented.form is Form.PROOF), found[0])


def _is_credential(presented: Presented) -> bool:
    return presented.form is not Form.PROOF or "proof" in presented.document


def _claims_to_be_ours(document: dict[str, Any], *, seal: Seal) -> bool:
    issuer = document.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    url = document.get("id")
    return named == seal.issuer.did or (isinstance(url, str) and url.startswith(seal.verification_url("")))


def _verify_token(
    session: Session, presented: Presented, *, seal: Seal, now: datetime
) -> CertificateVerification | PassVerification:
    """A token is genuine where a key for credentials has signed it and it says what the credential says."""
    known = find_claimed(session, presented.document.get("id"), seal=seal)
    content = {name: value for name, value in presented.document.items() if name not in _TOKEN_CLAIMS}
    issued = json.loads(known.credential) if known.credential else {}
    issued.pop("proof", None)
    is_signed = _signer_of(presented, known.keys, purpose=KeyPurpose.CREDENTIALS) is not None
    if isinstance(known, KnownCertificate):
        is_same = is_signed and are_same(content, issued)
        return report_certificate(session, known, seal=seal, now=now, is_same=is_same)
    document = json.loads(known.credential) if is_signed and known.credential and are_same(content, issued) else {}
    return verify_document(session, document=document | {"id": presented.document.get("id")}, seal=seal, now=now)


def _verify_copy(session: Session, presented: Presented, *, seal: Seal, now: datetime) -> UploadVerification | None:
    """A wallet's copy: signed by a key for wallets, known by its place in a status list."""
    claims = presented.document
    if claims.get("iss") not in (seal.issuer.did, seal.base_url):
        return None
    signer = _signer_of(presented, list_known_keys(session), purpose=KeyPurpose.WALLET)
    listed = _place_in_list(claims, seal=seal)
    copy = find_number_of_copy(session, list_code=listed[0], index=listed[1]) if signer and listed else None
    if copy is None or signer is None or signer.revoked_at is not None:
        raise UploadUnknown(reason="unknown")
    number, value = copy
    found = verify_number(session, typed=number, seal=seal, now=now)
    if value != 0 and found.verdict == "valid":
        raise UploadUnknown(reason="withdrawn")  # The certificate counts, but this copy was taken back.
    shown = tuple((name, _written(value)) for name, value in claims.items() if name not in _MACHINE_CLAIMS)
    return UploadVerification(found=found, carrier=Carrier.WALLET, disclosed=shown)


def _place_in_list(claims: dict[str, Any], *, seal: Seal) -> tuple[str, int] | None:
    try:
        entry = claims["status"]["status_list"]
        url, index = str(entry["uri"]), int(entry["idx"])
    except (KeyError, TypeError, ValueError):
        return None
    return (url.rpartition("/")[2], index) if url.startswith(f"{seal.base_url}/") and 0 <= index < 2**31 else None


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)[:1_000]
    return str(value)[:1_000]


def _signer_of(presented: Presented, keys: Iterable[KnownKey], *, purpose: KeyPurpose) -> KnownKey | None:
    fitting = (key for key in keys if key.purpose is purpose)
    return next((k for k in fitting if fits(presented.signature, presented.signed, public_key=k.multibase)), None)


def _carrier(session: Session, presented: Presented, found: CertificateVerification | PassVerification) -> Carrier:
    if presented.container is FileKind.TEXT:
        return Carrier.TEXT
    if presented.container is not FileKind.PDF:
        return Carrier.AS_ISSUED if _is_our_badge(session, presented, found) else Carrier.PICTURE
    if knows_document(session, sha256=hashlib.sha256(presented.file).hexdigest()):
        return Carrier.AS_ISSUED
    if not presented.has_seal:
        return Carrier.UNSEALED
    keys = {key.multibase for key in list_known_keys(session) if key.purpose is KeyPurpose.DOCUMENTS}
    return _seal_of_paper(presented.file, keys)


def _is_our_badge(session: Session, presented: Presented, found: CertificateVerification | PassVerification) -> bool:
    """Whether it is, byte for byte, the badge that we make for this certificate."""
    if isinstance(found, PassVerification):
        return False
    form = BadgeForm.PNG if presented.container is FileKind.PNG else BadgeForm.SVG
    drawn = draw_baked_badge(
        session,
        level_code=found.level_code,
        level_title=found.level_title,
        credential=presented.text,
        form=form,
    )
    return presented.file == drawn


def _seal_of_paper(paper: bytes, keys: set[str]) -> Carrier:
    """Whether a key for documents has sealed the file as it is. Every seal in it must be ours and whole."""
    try:
        seals = run_isolated(Task.SEAL, data=paper)["seals"]
    except Busy as error:
        raise UploadsBusy from error
    except Refused:
        return Carrier.CHANGED
    if not seals:
        return Carrier.UNSEALED
    points = [bytes.fromhex(seal["public_point"]) for seal in seals if seal["public_point"]]
    ours = [point for point in points if multikey(KeyAlgorithm.P256, point) in keys]
    if not ours:
        return Carrier.UNSEALED
    return Carrier.SEALED if len(ours) == len(seals) and all(seal["is_whole"] for seal in seals) else Carrier.CHANGED
