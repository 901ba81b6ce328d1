"""Events in: one handler per event that enrollment hears. Each calls one operation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.enrollment.operations import certificates, letters
from shared.contracts.certification import (
    CertificateIssued,
    CertificateRevoked,
    MultiplierContacted,
    PassChanged,
    PassEndApproached,
)
from shared.contracts.coursework import SubmissionGraded
from shared.contracts.event import Event
from shared.contracts.mail import MailRequested
from shared.contracts.services import Service
from shared.db import Session
from shared.worker import resources
from shared.worker.receive import inbox_tasks

Handler = Callable[[Session, Any, datetime], None]

HANDLERS: dict[type[Event], Handler] = {
    # people, sign-in, associations, memberships, roles
    MailRequested: lambda session, event, now: letters.send_letter(
        event=event, mailer=resources().mailer, base_url=resources().settings.base_url
    ),
    # catalogue, runs, places, attendance, settings
    SubmissionGraded: lambda session, event, now: certificates.tell_of_grading(session, event=event, now=now),
    CertificateIssued: lambda session, event, now: certificates.record_certificate(session, event=event, now=now),
    CertificateRevoked: lambda session, event, now: certificates.record_revocation(session, event=event, now=now),
    PassChanged: lambda session, event, now: certificates.record_pass(session, event=event, now=now),
    PassEndApproached: lambda session, event, now: certificates.remind_of_end(session, event=event, now=now),
    MultiplierContacted: lambda session, event, now: certificates.pass_message_on(session, event=event, now=now),
}

receive, note_receipts = inbox_tasks(Service.ENROLLMENT, HANDLERS)
