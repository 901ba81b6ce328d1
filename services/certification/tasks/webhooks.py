"""The door of whoever carries messages to other people's machines."""

from celery import shared_task

from services.certification.operations import webhooks
from services.certification.tasks.timetable import FORGET_MESSAGES, SEND_MESSAGES
from shared.kernel.clock import utc_now
from shared.worker import resources, transaction

#: How many rounds one task has; what is left then goes with the next one, seconds later.
_ROUNDS = 10


@shared_task(name=SEND_MESSAGES)
def send_messages() -> None:
    """Send what is due. No transaction is open while other people's machines take their time."""
    for _ in range(_ROUNDS):
        with transaction() as session:
            letters = webhooks.take_due_letters(session, now=utc_now())
        if not letters:
            return
        answers = webhooks.send_letters(letters, mode=resources().settings.webhook_targets, now=utc_now())
        with transaction() as session:
            webhooks.note_answers(session, answers=answers, now=utc_now())


@shared_task(name=FORGET_MESSAGES)
def forget_messages() -> None:
    """Forget messages of last month."""
    with transaction() as session:
        webhooks.forget_old_messages(session, now=utc_now())
