"""Checking what we have issued: seal, record, trust log, status list, calendar."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.proofs import has_valid_proof
from services.certification.adapters.remembered import Remembered
from services.certification.adapters.seal import Seal
from services.certification.domain.errors import UploadUnknown, UploadUnreadable
from services.certification.domain.log import LogKind, commitment
from services.certification.domain.numbers import read_number
from services.certification.domain.status import is_set
from services.certification.domain.verification import (
    Check,
    CheckResult,
    Verdict,
    standing_of_certificate,
    standing_of_pass,
    verdict_of,
)
from services.certification.operations.verification.findings import (
    CertificateVerification,
    PassVerification,
    SealFacts,
)
from services.certification.queries.status import get_list_by_id
from services.certification.queries.verification import (
    KnownCertificate,
    KnownKey,
    KnownPass,
    KnownStatus,
    find_known_certificate,
    find_known_pass,
    list_commitments,
)
from shared.kernel.clock import programme_date
from shared.kernel.errors import NotFound

Verification = CertificateVerification | PassVerification


@dataclass(frozen=True)
class _Sealed:
    """What a credential's text says of its own seal."""

    method: str
    criteria: str | None
    valid_until: datetime | None


#: All are keyed by everything that they follow from: a changed text, key, list or salt is looked at anew.
_SEALED: Remembered[_Sealed] = Remembered(4_096)
_GENUINE: Remembered[bool] = Remembered(4_096)
_LOGGED: Remembered[bool] = Remembered(4_096)
_LISTED: Remembered[bool] = Remembered(4_096)
_NOT_SEALED = _Sealed(method="", criteria=None, valid_until=None)


def verify_number(session: Session, *, typed: str, seal: Seal, now: datetime) -> Verification:
    """Everything that can be said about the number that was typed or scanned. Raises NotFound."""
    number = read_number(typed)
    if number is None:
        raise NotFound(kind="number")
    certificate = find_known_certificate(session, number=number)
    if certificate is not None:
        return report_certificate(session, certificate, seal=seal, now=now)
    held = find_known_pass(session, number=number)
    if held is None:
        raise NotFound(kind="number")
    return _report_pass(session, held, seal=seal, now=now)


def verify_document(session: Session, *, document: dict[str, Any], seal: Seal, now: datetime) -> Verification:
    """Check a credential against what was signed under its id. Raises UploadUnreadable where it is none of ours.

    A document that differs in any way from the one that was signed is refused before its graph is looked at, so a
    hostile one costs no more than being read.
    """
    known = find_claimed(session, document.get("id"), seal=seal)
    is_same = known.credential is not None and are_same(document, json.loads(known.credential))
    if isinstance(known, KnownPass):
        return _report_pass(session, known, seal=seal, now=now, is_same=is_same)
    return report_certificate(session, known, seal=seal, now=now, is_same=is_same)


def find_claimed(session: Session, url: object, *, seal: Seal) -> KnownCertificate | KnownPass:
    """What a credential's id names. Raises UploadUnreadable for a foreign id, UploadUnknown for one we never gave."""
    prefix = seal.verification_url("")
    if not isinstance(url, str) or not url.startswith(prefix):
        raise UploadUnreadable(reason="foreign")
    number = read_number(url.removeprefix(prefix).partition("#")[0])
    known: KnownCertificate | KnownPass | None = None
    if number is not None:
        known = find_known_certificate(session, number=number) or find_known_pass(session, number=number)
    if known is None:
        raise UploadUnknown(reason="unknown")
    return known


def are_same(one: object, other: object) -> bool:
    """Whether two JSON values are the same in every letter and kind; for Python, 1 and true would be equal."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def report_certificate(
    session: Session, known: KnownCertificate, *, seal: Seal, now: datetime, is_same: bool = True
) -> CertificateVerification:
    """Every check of a certificate. `is_same`: whether what was handed in is what was signed."""
    sealed = _sealed(known.credential)
    key = _key_of(known.keys, sealed.method, seal=seal)
    is_listed = known.status.value != 0 or _is_listed(session, known.status)
    standing = standing_of_certificate(known.state, is_listed=is_listed, valid_until=sealed.valid_until, now=now)
    checks: tuple[CheckResult, ...] = (
        CheckResult(Check.GENUINE, is_same and _is_genuine(known.credential, key)),
        CheckResult(
            Check.UNCHANGED,
            is_same and _is_as_logged(session, known.id, known.credential, known.credential_sha256, known.log_salt),
        ),
        CheckResult(Check.IN_FORCE, standing is Verdict.VALID),
    )
    is_key_revoked = is_same and key is not None and key.revoked_at is not None
    verdict = verdict_of(checks, standing=standing, is_key_revoked=is_key_revoked)
    # Who was revoked or replaced on purpose is told that first; a key that was declared void comes after.
    if is_key_revoked and standing is not Verdict.VALID:
        verdict = standing
    if known.erased_at is not None and is_same:
        verdict, checks = Verdict.ERASED, ()
    return _certificate_facts(known, sealed, verdict, checks, seal_facts(known.status, key, seal=seal))


def seal_facts(status: KnownStatus | None, key: KnownKey | None, *, seal: Seal) -> SealFacts:
    """Whose seal it is and where it can be checked."""
    return SealFacts(
        issuer_name=seal.issuer.name,
        issuer_did=seal.issuer.did,
        key_code=key.code if key else None,
        key_revoked_at=key.revoked_at if key else None,
        key_reason=key.revocation_reason if key else None,
        list_url=seal.status_url(status.list_code) if status else None,
        list_index=status.index if status else None,
        list_signed_at=status.signed_at if status else None,
    )


def _report_pass(
    session: Session, known: KnownPass, *, seal: Seal, now: datetime, is_same: bool = True
) -> PassVerification:
    is_listed = known.status is not None and (known.status.value != 0 or _is_listed(session, known.status))
    standing = standing_of_pass(
        known.state, is_listed=is_listed, valid_until=known.valid_until, today=programme_date(now)
    )
    checks: tuple[CheckResult, ...] = ()
    key = None
    if known.credential is not None and known.credential_id is not None:
        key = _key_of(known.keys, _sealed(known.credential).method, seal=seal)
        logged = _is_as_logged(session, known.credential_id, known.credential, known.credential_sha256, known.log_salt)
        checks = (
            CheckResult(Check.GENUINE, is_same and _is_genuine(known.credential, key)),
            CheckResult(Check.UNCHANGED, is_same and logged),
            CheckResult(Check.IN_FORCE, standing is Verdict.VALID),
        )
    is_key_revoked = key is not None and key.revoked_at is not None and standing is Verdict.VALID
    return PassVerification(
        number=known.number,
        verdict=verdict_of(checks, standing=standing, is_key_revoked=is_key_revoked) if checks else standing,
        checks=checks,
        seal=seal_facts(known.status, key, seal=seal),
        state=known.state,
        association_name=known.association_name,
        town=known.town,
        valid_from=known.valid_from,
        valid_until=known.valid_until,
        changed_at=known.changed_at,
    )


def _sealed(credential: str) -> _Sealed:
    return _SEALED.get(_digest(credential), lambda: _read_sealed(credential))


def _read_sealed(credential: str) -> _Sealed:
    try:
        document = json.loads(credential)
    except ValueError:
        return _NOT_SEALED
    until = document.get("validUntil")
    achievement = document.get("credentialSubject", {}).get("achievement", {})
    return _Sealed(
        method=document.get("proof", {}).get("verificationMethod", ""),
        criteria=achievement.get("criteria", {}).get("narrative"),
        valid_until=datetime.fromisoformat(until) if until else None,
    )


def _key_of(keys: Iterable[KnownKey], method: str, *, seal: Seal) -> KnownKey | None:
    did, _, code = method.partition("#")
    return next((key for key in keys if key.code == code), None) if did == seal.issuer.did else None


def _is_genuine(credential: str, key: KnownKey | None) -> bool:
    """The key's own state is another question: a seal of a key that was declared void still fits it."""
    if key is None:
        return False
    return _GENUINE.get(
        (_digest(credential), key.multibase),
        lambda: has_valid_proof(json.loads(credential), public_key=key.multibase),
    )


def _is_as_logged(session: Session, subject_id: UUID, credential: str, recorded: str | None, salt: str | None) -> bool:
    """Whether record and trust log hold the digest of this very text. Entries of the log never change."""
    digest = _digest(credential)
    if digest != recorded or salt is None:
        return False

    def look() -> bool:
        kinds = (LogKind.CERTIFICATE_ISSUED, LogKind.CERTIFICATE_REISSUED, LogKind.PASS_ISSUED)
        return commitment(credential, salt=salt) in list_commitments(session, subject_id=subject_id, kinds=kinds)

    return _LOGGED.get((subject_id, digest, salt), look)


def _is_listed(session: Session, status: KnownStatus) -> bool:
    """Whether the signed list says that it does not count."""

    def look() -> bool:
        document = json.loads(get_list_by_id(session, status_list_id=status.list_id).document)
        return is_set(document["credentialSubject"]["encodedList"], status.index)

    return _LISTED.get((status.list_id, status.signed_at, status.index), look)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _certificate_facts(
    known: KnownCertificate, sealed: _Sealed, verdict: Verdict, checks: tuple[CheckResult, ...], seal: SealFacts
) -> CertificateVerification:
    # Why it was revoked is said of what is genuine alone, and no more once the person has had the data erased.
    is_reason_public = verdict is Verdict.REVOKED
    return CertificateVerification(
        number=known.number,
        verdict=verdict,
        checks=checks,
        seal=seal,
        level_code=known.level_code,
        level_title=known.level_title,
        modules=known.modules,
        units_attended=known.units_attended,
        units_offered=known.units_offered,
        quizzes_passed=known.quizzes_passed,
        assignments_accepted=known.assignments_accepted,
        criteria=sealed.criteria,
        carrier_name=known.carrier_name,
        town=known.town,
        starts_on=known.starts_on,
        ends_on=known.ends_on,
        issued_on=known.issued_on,
        valid_until=sealed.valid_until,
        revoked_at=known.revoked_at,
        revocation_reason=known.revocation_reason if is_reason_public else None,
        revocation_remark=known.revocation_remark if is_reason_public else None,
        superseded_at=known.superseded_at,
        erased_at=known.erased_at,
        successor=known.successor,
        shown_name=known.shown_name,
        credential_sha256=known.credential_sha256,
    )
