"""The two facts behind a certificate: noted in either order, taken back, noted again."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.certificates import CertificateState, ReviewReason
from services.certification.models import LevelCompletion
from services.certification.operations.issuing import issue_if_due
from services.certification.operations.releases import withdraw_request
from services.certification.queries.certificates import find_certificate_of_place
from services.certification.queries.completions import lock_completion
from shared.contracts.codec import encode
from shared.contracts.coursework import LevelPassed, LevelReopened
from shared.contracts.enrollment import AttendanceCompleted, AttendanceReopened


def note_attendance(session: Session, *, event: AttendanceCompleted, seal: Seal, now: datetime) -> None:
    """Remember that enough was attended; issue the certificate where the result is there already."""
    completion = _lock(session, event)
    completion.attendance_completed_on = event.completed_on
    completion.units_attended = event.units_attended
    completion.units_offered = event.units_offered
    issue_if_due(session, completion=completion, seal=seal, now=now)


def note_result(session: Session, *, event: LevelPassed, seal: Seal, now: datetime) -> None:
    """Remember that everything was passed; issue the certificate where the attendance is there already."""
    completion = _lock(session, event)
    completion.passed_on = event.passed_on
    completion.quizzes_passed = event.quizzes_passed
    completion.assignments_accepted = event.assignments_accepted
    completion.rubric_results = encode(event.rubric_results) or None
    issue_if_due(session, completion=completion, seal=seal, now=now)


def reopen_attendance(session: Session, *, event: AttendanceReopened, now: datetime) -> None:
    """Forget the attendance. A certificate that rested on it stays valid and is put before the office."""
    completion = _lock(session, event)
    completion.attendance_completed_on = None
    completion.units_attended = None
    completion.units_offered = None
    _withdraw(session, completion, ReviewReason.ATTENDANCE_REOPENED, now=now)


def reopen_result(session: Session, *, event: LevelReopened, now: datetime) -> None:
    """Forget the result. A certificate that rested on it stays valid and is put before the office."""
    completion = _lock(session, event)
    completion.passed_on = None
    completion.quizzes_passed = None
    completion.assignments_accepted = None
    completion.rubric_results = None
    _withdraw(session, completion, ReviewReason.RESULT_REOPENED, now=now)


def _lock(
    session: Session, event: AttendanceCompleted | AttendanceReopened | LevelPassed | LevelReopened
) -> LevelCompletion:
    return lock_completion(
        session,
        place_id=event.place_id,
        run_id=event.run_id,
        person_id=event.person_id,
        level_code=event.level_code,
    )


def _withdraw(session: Session, completion: LevelCompletion, reason: ReviewReason, *, now: datetime) -> None:
    withdraw_request(session, place_id=completion.place_id, now=now)
    _open_review(session, completion, reason, now=now)


def _open_review(session: Session, completion: LevelCompletion, reason: ReviewReason, *, now: datetime) -> None:
    certificate = find_certificate_of_place(session, place_id=completion.place_id)
    if certificate is None or certificate.state is not CertificateState.ISSUED or certificate.review_opened_at:
        return
    certificate.review_reason = reason
    certificate.review_opened_at = now
