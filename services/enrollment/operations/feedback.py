"""Feedback about the site: a letter to the address that the platform itself writes from."""

from datetime import datetime
from email.utils import parseaddr

from sqlalchemy.orm import Session

from services.enrollment.domain.letters import Letter
from shared.kernel.ids import new_id
from shared.mail import request_mail


def send_feedback(
    session: Session, *, mail_from: str, message: str, page_address: str, contact: str, now: datetime
) -> None:
    """Send what somebody wrote to the programme office, in German, with the page and the way to answer."""
    request_mail(
        session,
        recipient=parseaddr(mail_from)[1],
        language="de",
        template=Letter.FEEDBACK,
        facts={"message": message, "page_address": page_address or "–", "contact": contact or "–"},
        key=f"{Letter.FEEDBACK}:{new_id()}",
        now=now,
    )
