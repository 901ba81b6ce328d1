"""Events in: one handler per event that certification hears. Each calls one operation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.certification.operations import (
    associations,
    batches,
    completions,
    making_documents,
    passes,
    people,
    programme,
    publishing,
    status,
    webhooks,
)
from services.certification.operations.seals import Seal, seal_of
from shared.contracts.certification import (
    BatchStepDue,
    CertificateRevoked,
    DocumentsDue,
    DocumentWanted,
    PassChanged,
    PassCredentialDue,
    PassWeighingStepDue,
    SigningKeyChanged,
    StatusListChanged,
)
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


def _publish_list(session: Any, event: StatusListChanged, now: datetime) -> None:
    """What cannot be written now is written by the schedule, which looks at every list."""
    publishing.publish_list(
        session,
        status_list_id=event.status_list_id,
        folder=resources().settings.public_folder,
        documents=resources().documents,
        now=now,
    )


def _follow_key(session: Any, event: SigningKeyChanged, now: datetime) -> None:
    """Lists are signed anew at once, passes by a message each; certificates are the office's to decide."""
    status.follow_key(session, event=event, seal=_seal(), now=now)
    passes.renew_seals(session, event=event, now=now)


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
    PassCredentialDue: lambda session, event, now: passes.keep_pass_credential(
        session, pass_id=event.pass_id, seal=_seal(), now=now
    ),
    StatusListChanged: _publish_list,
    SigningKeyChanged: _follow_key,
    CertificateRevoked: lambda session, event, now: webhooks.announce(session, event=event, now=now),
    PassChanged: lambda session, event, now: webhooks.announce(session, event=event, now=now),
    BatchStepDue: lambda session, event, now: batches.work_on_batch(session, event=event, seal=_seal(), now=now),
    PassWeighingStepDue: lambda session, event, now: passes.weigh_next(session, event=event, now=now),
    DocumentsDue: lambda session, event, now: making_documents.make_first_documents(
        session, certificate_ids=event.certificate_ids, documents=resources().documents, seal=_seal(), now=now
    ),
    DocumentWanted: lambda session, event, now: making_documents.make_document(
        session, document_id=event.document_id, documents=resources().documents, seal=_seal(), now=now
    ),
}

receive, note_receipts = inbox_tasks(Service.CERTIFICATION, HANDLERS)
