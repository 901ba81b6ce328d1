"""Events in: one handler per event that certification hears. Each calls one operation."""

from collections.abc import Callable

from services.certification.operations import associations, completions, documents, people, programme
from services.certification.operations.seals import Seal, seal_of
from shared.contracts.certification import CertificateIssued
from shared.contracts.coursework import LevelPassed, LevelReopened
from shared.contracts.enrollment import (
    AssociationChanged,
    AttendanceCompleted,
    AttendanceReopened,
    LevelChanged,
    MembershipChanged,
    PersonChanged,
    RunChanged,
)
from shared.contracts.event import Event
from shared.contracts.services import Service
from shared.worker import resources
from shared.worker.receive import inbox_tasks


def _seal() -> Seal:
    return seal_of(resources().settings)


#: Each takes the session, its event and the instant.
HANDLERS: dict[type[Event], Callable[..., None]] = {
    PersonChanged: lambda session, event, now: people.keep_person(session, event=event, seal=_seal(), now=now),
    AssociationChanged: lambda session, event, now: associations.keep_association(session, event=event, now=now),
    MembershipChanged: lambda session, event, now: associations.keep_membership(session, event=event, now=now),
    LevelChanged: lambda session, event, now: programme.keep_level(session, event=event, seal=_seal(), now=now),
    RunChanged: lambda session, event, now: programme.keep_run(session, event=event, seal=_seal(), now=now),
    AttendanceCompleted: lambda session, event, now: completions.note_attendance(
        session, event=event, seal=_seal(), now=now
    ),
    AttendanceReopened: lambda session, event, now: completions.reopen_attendance(session, event=event, now=now),
    LevelPassed: lambda session, event, now: completions.note_result(session, event=event, seal=_seal(), now=now),
    LevelReopened: lambda session, event, now: completions.reopen_result(session, event=event, now=now),
    CertificateIssued: lambda session, event, now: documents.render_certificate(
        session, certificate_id=event.certificate_id, documents=resources().documents, seal=_seal()
    ),
}

receive, note_receipts = inbox_tasks(Service.CERTIFICATION, HANDLERS)
