"""Certification writes no letters itself: enrollment knows people's addresses and tells them of certificates."""

from shared.contracts.mail import MailRequested


class LetterUnknown(Exception):
    """A mail was asked for that this service has no letter for; the message is parked for an operator."""


def send_letter(*, event: MailRequested) -> None:
    """Refuse every letter. Raises LetterUnknown."""
    raise LetterUnknown(event.template)
