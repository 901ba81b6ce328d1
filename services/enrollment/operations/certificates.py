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
from shared.contracts.certification import CertificateIssued, CertificateRevoked, PassChanged
from shared.contracts.coursework import SubmissionGraded
from shared.kernel.actor import SYSTEM
from shared.kernel.errors import NotFound


def record_certificate(session: Session, *, event: CertificateIssued, now: datetime) -> None:
    """Keep a copy, complete the place in the course, and tell the person where the certificate is."""
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
    facts = {
        "number": event.number,
        "pass_state": event.state,
        "valid_until_on": event.valid_until.isoformat(),
        "association": associations_query.get_association(session, event.association_id).name,
        "path": f"/certification/passes/{event.association_id}",
    }
    for person_id in certificates_query.list_board_ids(session, association_id=event.association_id):
        notifications.tell_person(
            session,
            person_id=person_id,
            template=Letter.PASS_CHANGED,
            facts=facts,
            key=f"{event.pass_id}:{event.state}:{event.valid_until}",
            now=now,
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
