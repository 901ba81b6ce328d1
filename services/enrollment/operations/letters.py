"""Sending letters that were asked for."""

from services.enrollment.adapters.letters import render_letter
from shared.contracts.mail import MailRequested
from shared.mail import Mailer


def send_letter(*, event: MailRequested, mailer: Mailer, base_url: str) -> None:
    """Write the letter in its reader's language and hand it to the mail server. Raises LetterUnknown, OSError."""
    letter = render_letter(event.template, language=event.language, facts=event.facts, base_url=base_url)
    mailer.send(letter, recipient=event.recipient, message_id=str(event.mail_id))
