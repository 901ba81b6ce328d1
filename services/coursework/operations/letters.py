"""Mail: coursework asks for none; enrollment tells people what happened here."""

from shared.contracts.codec import MalformedMessage
from shared.contracts.mail import MailRequested


def send_letter(*, event: MailRequested) -> None:
    """Refuse: a letter that nobody here can write is parked for operators, never dropped in silence."""
    raise MalformedMessage(f"coursework knows no letter {event.template}")
