"""What certification and coursework tell: copies are kept, people are told, the next level opens."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain.letters import Letter
from services.enrollment.domain.places import PLACE_TRANSITIONS, PlaceState
from services.enrollment.models.certificates import CertificateCopy, PassCopy
from services.enrollment.operations import notifications, seats
from services.enrollment.queries import associations as associations_query
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import certificates as certificates_query
from services.enrollment.queries import places as places_query
from services.enrollment.queries import runs as runs_query
from shared.contracts.certification import (
    CertificateIssued,
    CertificateRevoked,
    MultiplierContacted,
    PassChanged,
    PassEndApproached,
)
from shared.contracts.coursework import SubmissionGraded
from shared.kernel.actor import SYSTEM
from shared.kernel.errors import NotFound


def record_certificate(session: Session, *, event: CertificateIssued, now: datetime) -> None:
    """Keep a copy, complete the place in the course, and tell the person where the certificate is.

    One that takes the place of another ends that one in the same transaction, so that what it has opened stays open.
    """
    _end_replaced(session, event=event)
    copy = certificates_query.find_certificate(session, event.certificate_id)
    if copy is None:
        copy = CertificateCopy(certificate_id=event.certificate_id)
        session.add(copy)
    copy.number, copy.person_id, copy.level_code = event.number, event.person_id, event.level_code
    copy.issued_on, copy.verification_url = event.issued_on, event.verification_url
    _complete_place(session, event=event, now=now)
    notifications.tell_person(
        session,
        person_id=event.person_id,
        template=Letter.CERTIFICATE_ISSUED,
        facts={
            "number": event.number,
            "level": catalogue_query.get_level(session, event.level_code).title,
            "path": f"/certification/certificates/{event.number}",
        },
        key=str(event.certificate_id),
        now=now,
    )


def _end_replaced(session: Session, *, event: CertificateIssued) -> None:
    """Nobody is told of it: the holder gets a letter about the new one. It may arrive before the old one itself."""
    if event.replaces_id is None:
        return
    replaced = certificates_query.find_certificate(session, event.replaces_id)
    if replaced is None:
        replaced = CertificateCopy(certificate_id=event.replaces_id, number=event.number)
        replaced.person_id, replaced.level_code = event.person_id, event.level_code
        session.add(replaced)
    replaced.revoked_on = replaced.revoked_on or event.issued_on


def _complete_place(session: Session, *, event: CertificateIssued, now: datetime) -> None:
    try:
        run = runs_query.lock_run(session, event.run_id)
    except NotFound:
        return  # A certificate that was carried over from before the platform has no run here.
    place = places_query.find_place_of_course(
        session, run_id=run.id, person_id=event.person_id, states=[PlaceState.CONFIRMED]
    )
    if place and PLACE_TRANSITIONS.allows(place.state, PlaceState.COMPLETED):
        seats.move_place(session, actor=SYSTEM, run=run, place=place, to=PlaceState.COMPLETED, now=now)


def record_revocation(session: Session, *, event: CertificateRevoked, now: datetime) -> None:
    """Note that a certificate no longer counts, and tell the person. It may arrive before the certificate itself."""
    copy = certificates_query.find_certificate(session, event.certificate_id)
    if copy is None:
        copy = CertificateCopy(certificate_id=event.certificate_id)
        session.add(copy)
    copy.number, copy.person_id, copy.level_code = event.number, event.person_id, event.level_code
    copy.revoked_on = event.revoked_on
    notifications.tell_person(
        session,
        person_id=event.person_id,
        template=Letter.CERTIFICATE_REVOKED,
        facts={
            "number": event.number,
            "level": catalogue_query.get_level(session, event.level_code).title,
            "revoked_on": event.revoked_on.isoformat(),
            "path": f"/certification/certificates/{event.number}",
        },
        key=str(event.certificate_id),
        now=now,
    )


def record_pass(session: Session, *, event: PassChanged, now: datetime) -> None:
    """Keep a copy of the association's pass, and tell everybody on its board."""
    copy = certificates_query.find_pass(session, association_id=event.association_id)
    if copy is None:
        copy = PassCopy(association_id=event.association_id)
        session.add(copy)
    copy.pass_id, copy.number, copy.state = event.pass_id, event.number, event.state
    copy.valid_from, copy.valid_until = event.valid_from, event.valid_until
    facts = {"pass_state": event.state, "valid_until_on": event.valid_until.isoformat()}
    if event.grace_until is not None:
        facts["grace_until_on"] = event.grace_until.isoformat()
    _tell_board(
        session,
        event=event,
        template=Letter.PASS_GRACE if event.grace_until else Letter.PASS_CHANGED,
        facts=facts,
        key=f"{event.pass_id}:{event.state}:{event.valid_until}:{event.changed_on}",
        now=now,
    )


def remind_of_end(session: Session, *, event: PassEndApproached, now: datetime) -> None:
    """Remind everybody on the board that the pass ends soon."""
    _tell_board(
        session,
        event=event,
        template=Letter.PASS_ENDS_SOON,
        facts={"valid_until_on": event.valid_until.isoformat(), "days_left": str(event.days_left)},
        key=f"{event.pass_id}:{event.valid_until}:{event.days_left}",
        now=now,
    )


def pass_message_on(session: Session, *, event: MultiplierContacted, now: datetime) -> None:
    """Send a stranger's message to the multiplier whom it is for. Somebody without an e-mail address never gets it."""
    notifications.tell_person(
        session,
        person_id=event.person_id,
        template=Letter.MULTIPLIER_CONTACTED,
        facts={
            "sender": event.sender_name,
            "reply_to": event.sender_address,
            "message": event.message,
            "path": "/certification/multipliers/mine",
        },
        key=str(event.message_id),
        now=now,
    )


def _tell_board(
    session: Session,
    *,
    event: PassChanged | PassEndApproached,
    template: Letter,
    facts: dict[str, str],
    key: str,
    now: datetime,
) -> None:
    common = {
        "number": event.number,
        "association": associations_query.get_association(session, event.association_id).name,
        "path": f"/certification/passes/{event.association_id}",
    }
    for person_id in certificates_query.list_board_ids(session, association_id=event.association_id):
        notifications.tell_person(
            session, person_id=person_id, template=template, facts=facts | common, key=key, now=now
        )


def tell_of_grading(session: Session, *, event: SubmissionGraded, now: datetime) -> None:
    """Tell the person that a trainer has answered their work. No mark travels by mail."""
    run = runs_query.get_run(session, event.run_id)
    notifications.tell_person(
        session,
        person_id=event.person_id,
        template=Letter.SUBMISSION_GRADED,
        facts={
            "run": run.title,
            "verdict": "accepted" if event.is_accepted else "returned",
            "path": f"/coursework/submissions/{event.submission_id}",
        },
        key=f"{event.submission_id}:{now.isoformat()}",
        now=now,
    )
