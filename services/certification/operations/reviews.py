"""The office's list of certificates behind which a fact was taken back."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import Certificate
from services.certification.queries.certificates import list_reviews, lock_certificate
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require


def list_open_reviews(session: Session, *, actor: Actor) -> list[Certificate]:
    """What the office should look at, the longest waiting first."""
    require(PERMISSIONS, actor, Permission.REVIEW_LIST, Facts())
    return list_reviews(session)


def close_review(session: Session, *, actor: Actor, number: str, now: datetime) -> None:
    """The office has looked and leaves the certificate as it is. Closing what is closed does nothing."""
    require(PERMISSIONS, actor, Permission.REVIEW_CLOSE, Facts())
    certificate = lock_certificate(session, number=number)
    if certificate.review_opened_at is None:
        return
    audit.record(
        session,
        actor=actor,
        action=Permission.REVIEW_CLOSE,
        subject="certificate",
        subject_id=certificate.id,
        now=now,
        before={"review_reason": certificate.review_reason},
    )
    certificate.review_reason = None
    certificate.review_opened_at = None
