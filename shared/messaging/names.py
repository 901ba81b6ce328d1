"""Names on the wire: queues and task names, constants in one place."""

from enum import StrEnum

from shared.contracts.certification import (
    BatchStepDue,
    DocumentsDue,
    DocumentWanted,
    PassWeighingStepDue,
    StatusListChanged,
)
from shared.contracts.mail import MailRequested
from shared.contracts.services import Service


class Lane(StrEnum):
    """The queues of a service. Mail has its own, so that a slow mail server holds up nothing else; so has work that
    comes by the thousand, so that it takes turns with what single people wait for; and documents have, which take
    longer to draw than anything else takes."""

    INBOX = "inbox"
    MAIL = "mail"
    BULK = "bulk"
    DOCUMENTS = "documents"
    SCHEDULE = "schedule"


#: Event -> its lane, where that is not the inbox.
_LANES = {
    MailRequested.type: Lane.MAIL,
    BatchStepDue.type: Lane.BULK,
    PassWeighingStepDue.type: Lane.BULK,
    DocumentsDue.type: Lane.DOCUMENTS,
    # A change of status must be seen within a second, however many messages wait in the inbox.
    StatusListChanged.type: Lane.SCHEDULE,
    # Somebody waits for this one.
    DocumentWanted.type: Lane.SCHEDULE,
}

#: Wakes a relay that waits; a hint only, for a notification is lost while nobody listens.
NOTIFY_CHANNEL = "memo_outbox"


def queue_name(service: Service | str, lane: Lane) -> str:
    """The queue's name: `<service>.<lane>`."""
    return f"{service}.{lane}"


def receive_task(service: Service | str) -> str:
    """The task that takes an envelope in."""
    return f"{service}.inbox.receive"


def receipts_task(service: Service | str) -> str:
    """The task that takes receipts in: a list of message ids."""
    return f"{service}.outbox.note_receipts"


def lane_of(event_type: str) -> Lane:
    """The lane on which messages of a type travel."""
    return _LANES.get(event_type, Lane.INBOX)
