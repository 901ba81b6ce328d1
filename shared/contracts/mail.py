"""A letter to one person: a message of enrollment to its own worker, so that mail survives a fault."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class MailRequested(Event):
    """One mail to be sent once. `template` names the letter, `facts` fill it, `language` chooses its catalogue.

    The payload holds personal data and one-time links; it is emptied as soon as the mail has left.
    """

    type: ClassVar[str] = "mail.requested"
    subject: ClassVar[str] = "mail"

    mail_id: UUID
    recipient: str
    language: str
    template: str
    facts: dict[str, str]

    @property
    def subject_id(self) -> UUID:
        return self.mail_id
