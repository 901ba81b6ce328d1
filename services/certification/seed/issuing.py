"""The demo's certificates on their way: one held, some released together, one made anew, one asked for; a draft.

Safe to repeat: what is there already is left as it is.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.config import CertificationSettings
from services.certification.domain.certificates import CertificateState
from services.certification.domain.reissues import ReissueReason
from services.certification.domain.templates import ShownResult
from services.certification.models import (
    Certificate,
    CertificateTemplate,
    IssueBatch,
    LevelCompletion,
    PersonCopy,
    ReissueRequest,
    RunCopy,
)
from services.certification.operations import batches, reissues, templates
from services.certification.operations.achievements import default_wording
from services.certification.operations.completions import note_attendance, note_result
from shared.contracts.coursework import LevelPassed
from shared.contracts.enrollment import AttendanceCompleted
from shared.kernel.actor import SYSTEM, Actor
from shared.kernel.clock import programme_date, utc_now
from shared.resources import Resources

Json = dict[str, Any]

_LEVEL = "multiplikator"
#: Who has completed the training of multipliers: the first waits for a release, the others were released together.
_WAITING, _RELEASED = "carmen", ("pawel", "tomasz")
_RENAMED, _ASKING = "jelena", "dimitris"


def load_issuing(resources: Resources[CertificationSettings], seal: Seal, scenario: Json) -> None:
    """Do what the office and holders would have done by now."""
    names = {person["key"]: person["full_name"] for person in scenario["people"]}
    now = utc_now()
    with resources.database.transaction() as session:
        people = {
            key: session.scalar(sa.select(PersonCopy.person_id).where(PersonCopy.full_name == names[key]))
            for key in (_WAITING, *_RELEASED, _RENAMED, _ASKING)
        }
        if None in people.values():
            return
        known = {key: person_id for key, person_id in people.items() if person_id is not None}
        _complete(session, [known[key] for key in (_WAITING, *_RELEASED)], seal=seal, now=now)
    with resources.database.transaction() as session:
        _release_together(session, [known[key] for key in _RELEASED], now=now)
        _make_anew(session, known[_RENAMED], seal=seal, now=now)
        _ask(session, known[_ASKING], now=now)
        _write_draft(session, now=now)


def _complete(session: Session, person_ids: list[UUID], *, seal: Seal, now: datetime) -> None:
    run_id = uuid5(NAMESPACE_URL, f"carried-over-run:{_LEVEL}")
    if session.get(RunCopy, run_id) is None:
        return
    day = programme_date(now) - timedelta(days=2)
    for person_id in person_ids:
        place_id = _place(person_id)
        if session.get(LevelCompletion, place_id) is not None:
            continue
        common: Json = {"place_id": place_id, "run_id": run_id, "person_id": person_id, "level_code": _LEVEL}
        attended = AttendanceCompleted(**common, units_attended=76, units_offered=80, completed_on=day)
        note_attendance(session, event=attended, seal=seal, now=now)
        passed = LevelPassed(**common, passed_on=day, quizzes_passed=6, assignments_accepted=6)
        note_result(session, event=passed, seal=seal, now=now)


def _place(person_id: UUID) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo-multiplier:{person_id}")


def _release_together(session: Session, person_ids: list[UUID], *, now: datetime) -> None:
    places = [_place(person_id) for person_id in person_ids]
    is_first = session.scalar(sa.select(IssueBatch.id).limit(1)) is None
    if is_first and session.get(LevelCompletion, places[0]) is not None:
        batches.release_as_batch(session, actor=SYSTEM, title="Freigegebene Zertifikate", place_ids=places, now=now)


def _make_anew(session: Session, person_id: UUID, *, seal: Seal, now: datetime) -> None:
    old = _certificate_of(session, person_id, "grundkurs")
    if old is not None and old.replaces_id is None:
        reissues.reissue_certificate(
            session, actor=SYSTEM, number=old.number, reason=ReissueReason.NAME_CHANGED, seal=seal, now=now
        )


def _ask(session: Session, person_id: UUID, *, now: datetime) -> None:
    certificate = _certificate_of(session, person_id, "grundkurs")
    if certificate is not None and session.scalar(sa.select(ReissueRequest.id).limit(1)) is None:
        reissues.ask_for_reissue(
            session,
            actor=Actor(person_id=person_id),
            number=certificate.number,
            reason=ReissueReason.MISTAKE,
            text="Der Kursort stimmt nicht: Ich war in Karlsruhe, auf dem Zertifikat steht Stuttgart.",
            now=now,
        )


def _certificate_of(session: Session, person_id: UUID, level_code: str) -> Certificate | None:
    return session.scalar(
        sa.select(Certificate).where(
            Certificate.person_id == person_id,
            Certificate.level_code == level_code,
            Certificate.state == CertificateState.ISSUED,
        )
    )


def _write_draft(session: Session, *, now: datetime) -> None:
    drafts = sa.select(CertificateTemplate.version).where(CertificateTemplate.version > 1)
    if session.scalar(drafts.limit(1)) is not None:
        return
    wording = replace(
        default_wording(),
        description="Aufbaustufe des Programms, das Migrantenvereine qualifiziert: {units} Unterrichtseinheiten.",
        shown_results=(ShownResult.ATTENDANCE, ShownResult.QUIZZES, ShownResult.ASSIGNMENTS),
    )
    templates.save_draft(session, actor=SYSTEM, level_code="aufbaukurs", wording=wording, now=now)
