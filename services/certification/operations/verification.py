"""Public verification: the seal is really checked at the moment of asking; nothing about the asker is kept."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.proofs import has_valid_proof
from services.certification.adapters.seal import Seal
from services.certification.domain.certificates import CertificateState, RevocationReason
from services.certification.domain.credential import HashedName, holder_of
from services.certification.domain.errors import UploadUnreadable
from services.certification.domain.log import LogKind, commitment
from services.certification.domain.numbers import read_number
from services.certification.domain.passes import PassState
from services.certification.domain.status import is_set
from services.certification.domain.verification import Check, CheckResult, Verdict, read_upload, verdict_of
from services.certification.models import Certificate
from services.certification.operations.keys import find_public_key
from services.certification.queries.certificates import find_certificate, get_certificate
from services.certification.queries.log import find_entry
from services.certification.queries.passes import find_pass, get_association
from services.certification.queries.status import get_list_by_id
from shared.db.limits import count_attempt
from shared.kernel.errors import NotFound
from shared.kernel.ids import fingerprint

#: A name can be tried this often per asker and certificate: enough for a slip, too few for a list of names.
_NAME_TRIES, _NAME_WINDOW = 6, timedelta(minutes=15)
#: Files per asker: each costs a signature check.
_UPLOAD_TRIES, _UPLOAD_WINDOW = 30, timedelta(minutes=10)


@dataclass(frozen=True)
class CertificateVerification:
    """What the public page says of a certificate. No name, no id of a person."""

    number: str
    verdict: Verdict
    checks: tuple[CheckResult, ...]
    issuer_name: str
    issuer_did: str
    level_code: str
    level_title: str
    modules: list[dict[str, Any]]
    units_attended: int
    units_offered: int
    quizzes_passed: int
    assignments_accepted: int
    carrier_name: str
    town: str
    starts_on: date
    ends_on: date
    issued_on: date
    revoked_at: datetime | None
    revocation_reason: RevocationReason | None


@dataclass(frozen=True)
class PassVerification:
    """What the public page says of an association's pass."""

    number: str
    state: PassState
    association_name: str
    town: str
    valid_from: date
    valid_until: date
    changed_at: datetime


def verify_number(session: Session, *, typed: str, seal: Seal) -> CertificateVerification | PassVerification:
    """Everything that can be said about the number that was typed or scanned. Raises NotFound."""
    number = read_number(typed)
    if number is None:
        raise NotFound(kind="number")
    certificate = find_certificate(session, number=number)
    if certificate is not None:
        return _verify_certificate(session, certificate, seal=seal)
    return _verify_pass(session, number)


def compare_name(session: Session, *, typed_number: str, name: str, asker: str, now: datetime) -> bool:
    """Whether the certificate is of somebody of this name. Raises NotFound, TooManyAttempts.

    `asker` tells one asker from another (an address); only its fingerprint is counted, and for minutes.
    """
    number = read_number(typed_number)
    if number is None:
        raise NotFound(kind="number")
    key = f"name:{fingerprint(f'{asker} {number}')}"
    count_attempt(session, key=key, limit=_NAME_TRIES, window=_NAME_WINDOW, now=now)
    holder = _holder(get_certificate(session, number=number))
    return holder is not None and holder.matches(name)


def count_upload(session: Session, *, asker: str, now: datetime) -> None:
    """Count one file of an asker, in a transaction of its own: a refused one counts too. Raises TooManyAttempts."""
    count_attempt(session, key=f"upload:{fingerprint(asker)}", limit=_UPLOAD_TRIES, window=_UPLOAD_WINDOW, now=now)


def verify_upload(session: Session, *, data: bytes, seal: Seal) -> CertificateVerification:
    """Check a credential from a file. The file is not kept. Raises UploadTooLarge and UploadUnreadable."""
    return verify_document(session, document=read_upload(data), seal=seal)


def verify_document(session: Session, *, document: dict[str, Any], seal: Seal) -> CertificateVerification:
    """Check a credential against what was signed under its id. Raises UploadUnreadable where it is none of ours.

    A document that differs in any way from the one that was signed is refused before its graph is looked at, so a
    hostile one costs no more than being read.
    """
    url = document.get("id")
    prefix = seal.verification_url("")
    if not isinstance(url, str) or not url.startswith(prefix):
        raise UploadUnreadable(reason="foreign")
    number = read_number(url.removeprefix(prefix))
    certificate = find_certificate(session, number=number) if number else None
    if certificate is None:
        raise UploadUnreadable(reason="unknown")
    if document != json.loads(certificate.credential):
        checks = (CheckResult(Check.GENUINE, False), CheckResult(Check.UNCHANGED, False))
        return _report(certificate, checks, seal=seal)
    return _verify_certificate(session, certificate, seal=seal)


def _verify_certificate(session: Session, certificate: Certificate, *, seal: Seal) -> CertificateVerification:
    document = json.loads(certificate.credential)
    method = document["proof"]["verificationMethod"]
    public_key = find_public_key(session, method=method, seal=seal)
    checks = (
        CheckResult(Check.GENUINE, public_key is not None and has_valid_proof(document, public_key=public_key)),
        CheckResult(Check.UNCHANGED, _is_as_logged(session, certificate)),
        CheckResult(Check.IN_FORCE, _is_in_force(session, certificate)),
    )
    return _report(certificate, checks, seal=seal)


def _is_as_logged(session: Session, certificate: Certificate) -> bool:
    entry = find_entry(session, kind=LogKind.CERTIFICATE_ISSUED, subject_id=certificate.id)
    digest = hashlib.sha256(certificate.credential.encode()).hexdigest()
    return (
        entry is not None
        and digest == certificate.credential_sha256
        and entry.commitment == commitment(certificate.credential, salt=certificate.log_salt)
    )


def _is_in_force(session: Session, certificate: Certificate) -> bool:
    status_list = get_list_by_id(session, status_list_id=certificate.status_list_id)
    encoded = json.loads(status_list.document)["credentialSubject"]["encodedList"]
    return certificate.state is CertificateState.ISSUED and not is_set(encoded, certificate.status_index)


def _report(certificate: Certificate, checks: tuple[CheckResult, ...], *, seal: Seal) -> CertificateVerification:
    return CertificateVerification(
        number=certificate.number,
        verdict=verdict_of(checks),
        checks=checks,
        issuer_name=seal.issuer.name,
        issuer_did=seal.issuer.did,
        level_code=certificate.level_code,
        level_title=certificate.level_title,
        modules=certificate.modules,
        units_attended=certificate.units_attended,
        units_offered=certificate.units_offered,
        quizzes_passed=certificate.quizzes_passed,
        assignments_accepted=certificate.assignments_accepted,
        carrier_name=certificate.carrier_name,
        town=certificate.town,
        starts_on=certificate.starts_on,
        ends_on=certificate.ends_on,
        issued_on=certificate.issued_on,
        revoked_at=certificate.revoked_at,
        revocation_reason=certificate.revocation_reason,
    )


def _verify_pass(session: Session, number: str) -> PassVerification:
    held = find_pass(session, number=number)
    if held is None:
        raise NotFound(kind="number")
    association = get_association(session, association_id=held.association_id)
    return PassVerification(
        number=held.number,
        state=held.state,
        association_name=association.name,
        town=association.town,
        valid_from=held.valid_from,
        valid_until=held.valid_until,
        changed_at=held.changed_at,
    )


def _holder(certificate: Certificate) -> HashedName | None:
    return holder_of(json.loads(certificate.credential))
