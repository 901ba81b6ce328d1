"""Periodic doors: batches that have lost their lanes get new ones."""

from celery import shared_task

from services.certification.operations import batches
from services.certification.tasks.timetable import WAKE_BATCHES
from shared.kernel.clock import utc_now
from shared.worker import transaction


@shared_task(name=WAKE_BATCHES)
def wake_batches() -> None:
    """Let every running batch that stands still go on."""
    with transaction() as session:
        batches.wake_batches(session, now=utc_now())
