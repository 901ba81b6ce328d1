"""Issuing: by itself, when both facts are there, once."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences
from services.certification.domain.certificates import (
    AttendanceFact,
    CertificateState,
    Completion,
    ResultFact,
)
from services.certification.domain.credential import Achievement, Credential, HashedName, StatusEntry
from services.certification.domain.log import LogKind
from services.certification.domain.numbers import new_number
from services.certification.domain.text import clean_text
from services.certification.models import Certificate, LevelCompletion, LevelCopy, PersonCopy, RunCopy, StatusList
from services.certification.operations.achievements import describe_achievement
from services.certification.operations.keys import register_key
from services.certification.operations.log import add_to_log
from services.certification.operations.passes import weigh_passes_of
from services.certification.operations.status import allocate_index
from services.certification.queries.certificates import (
    find_certificate_of_place,
    find_issued_certificate,
)
from services.certification.queries.completions import lock_known_completion
from services.certification.queries.people import find_person
from services.certification.queries.programme import find_level, find_run
from shared.contracts.certification import CertificateIssued
from shared.kernel.clock import PROGRAMME_ZONE, programme_date
from shared.kernel.ids import new_id
from shared.messaging import outbox

_NAME_LIMIT = 200


@dataclass(frozen=True)
class _Grounds:
    """What one certificate is made from."""

    completion: LevelCompletion
    attendance: AttendanceFact
    result: ResultFact
    person: PersonCopy
    level: LevelCopy
    run: RunCopy


def issue_if_due(session: Session, *, completion: LevelCompletion, seal: Seal, now: datetime) -> Certificate | None:
    """Issue the certificate of a place when both facts are there, once; appends CertificateIssued.

    The row of the place must be locked. Nothing is issued while the person's name, the level or the run has not
    arrived, or while the person holds a valid certificate of the level. A certificate that was put before the office
    because a fact was missing is taken off the list when the fact is there again.
    """
    facts = _facts_of(completion)
    if facts.attendance is None or facts.result is None:
        return None
    existing = find_certificate_of_place(session, place_id=completion.place_id)
    if existing is not None:
        existing.review_reason = None
        existing.review_opened_at = None
        return None
    if find_issued_certificate(session, person_id=completion.person_id, level_code=completion.level_code):
        return None
    person = find_person(session, person_id=completion.person_id)
    level = find_level(session, code=completion.level_code)
    run = find_run(session, run_id=completion.run_id)
    if person is None or level is None or run is None:
        return None
    grounds = _Grounds(completion, facts.attendance, facts.result, person, level, run)
    return _issue(session, grounds, seal=seal, now=now)


def issue_waiting(session: Session, *, place_ids: Iterable[UUID], seal: Seal, now: datetime) -> None:
    """Try again for places that have both facts and waited for something else."""
    for place_id in place_ids:
        completion = lock_known_completion(session, place_id=place_id)
        issue_if_due(session, completion=completion, seal=seal, now=now)


def _issue(session: Session, grounds: _Grounds, *, seal: Seal, now: datetime) -> Certificate:
    register_key(session, seal=seal, now=now)
    status_list, index = allocate_index(session, seal=seal, now=now)
    certificate = _frozen_facts(grounds, now=now)
    certificate.status_list_id, certificate.status_index = status_list.id, index
    document = seal.sign(_credential(certificate, status_list, seal=seal).to_document(), now=now)
    certificate.credential = json.dumps(document, ensure_ascii=False, indent=2)
    certificate.credential_sha256 = hashlib.sha256(certificate.credential.encode()).hexdigest()
    session.add(certificate)
    session.flush()  # The unique constraints must speak before anything is told to others.
    outbox.append(session, _issued_event(certificate, seal), now=now)
    weigh_passes_of(session, person_id=certificate.person_id, now=now)
    add_to_log(
        session,
        kind=LogKind.CERTIFICATE_ISSUED,
        subject_id=certificate.id,
        content=certificate.credential,
        salt=certificate.log_salt,
        now=now,
    )
    return certificate


def _facts_of(completion: LevelCompletion) -> Completion:
    attendance = result = None
    if completion.attendance_completed_on is not None:
        attendance = AttendanceFact(
            completed_on=completion.attendance_completed_on,
            units_attended=completion.units_attended or 0,
            units_offered=completion.units_offered or 0,
        )
    if completion.passed_on is not None:
        result = ResultFact(
            passed_on=completion.passed_on,
            quizzes_passed=completion.quizzes_passed or 0,
            assignments_accepted=completion.assignments_accepted or 0,
        )
    return Completion(place_id=completion.place_id, attendance=attendance, result=result)


def _frozen_facts(grounds: _Grounds, *, now: datetime) -> Certificate:
    """The row with everything that never changes again, but for the credential made from it."""
    return Certificate(
        id=new_id(),
        number=new_number(),
        state=CertificateState.ISSUED,
        person_id=grounds.completion.person_id,
        place_id=grounds.completion.place_id,
        run_id=grounds.completion.run_id,
        level_code=grounds.level.code,
        full_name=clean_text(grounds.person.full_name, field="full_name", limit=_NAME_LIMIT),
        language=grounds.person.language,
        level_title=clean_text(grounds.level.title, field="level_title", limit=_NAME_LIMIT),
        modules=[{"title": module["title"], "units": module["units"]} for module in grounds.level.modules],
        units_attended=grounds.attendance.units_attended,
        units_offered=grounds.attendance.units_offered,
        quizzes_passed=grounds.result.quizzes_passed,
        assignments_accepted=grounds.result.assignments_accepted,
        fulfilled_on=max(grounds.attendance.completed_on, grounds.result.passed_on),
        carrier_name=grounds.run.carrier_name,
        run_title=grounds.run.title,
        town=grounds.run.town,
        starts_on=grounds.run.starts_on,
        ends_on=grounds.run.ends_on,
        issued_at=now,
        issued_on=programme_date(now),
        log_salt=secrets.token_hex(16),
    )


def _credential(certificate: Certificate, status_list: StatusList, *, seal: Seal) -> Credential:
    achievement: Achievement = describe_achievement(
        code=certificate.level_code, title=certificate.level_title, modules=certificate.modules, seal=seal
    )
    _ = sentences(PROGRAMME_LANGUAGE)
    return Credential(
        url=seal.verification_url(certificate.number),
        subject_id=f"urn:uuid:{uuid4()}",
        name=_("Certificate: %(level)s") % {"level": certificate.level_title},
        issuer=seal.issuer,
        valid_from=certificate.issued_at,
        holder=HashedName.of(certificate.full_name, salt=secrets.token_hex(16)),
        achievement=achievement,
        units_attended=certificate.units_attended,
        activity_started_at=datetime.combine(certificate.starts_on, time.min, PROGRAMME_ZONE),
        activity_ended_at=datetime.combine(certificate.ends_on, time.min, PROGRAMME_ZONE),
        status=StatusEntry(
            list_url=seal.status_url(status_list.code),
            index=certificate.status_index,
            purpose=status_list.purpose.value,
        ),
    )


def _issued_event(certificate: Certificate, seal: Seal) -> CertificateIssued:
    return CertificateIssued(
        certificate_id=certificate.id,
        number=certificate.number,
        person_id=certificate.person_id,
        run_id=certificate.run_id,
        level_code=certificate.level_code,
        issued_on=certificate.issued_on,
        verification_url=seal.verification_url(certificate.number),
    )
