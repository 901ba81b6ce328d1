"""Asking for a mail is writing an outbox row; nothing leaves inside a transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from shared.contracts.mail import MailRequested
from shared.kernel.ids import new_id
from shared.messaging import outbox


def request_mail(
    session: Session,
    *,
    recipient: str,
    language: str,
    template: str,
    facts: dict[str, str],
    key: str,
    now: datetime,
) -> None:
    """Have the worker send one mail. A second request with the same `key` sends nothing.

    `template` names a letter of the service's adapters/letters.py; `facts` fill it.
    """
    event = MailRequested(mail_id=new_id(), recipient=recipient, language=language, template=template, facts=facts)
    outbox.append_once(session, event, key=f"mail:{key}", now=now)
