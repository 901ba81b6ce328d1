"""Periodic doors of uploads: files that never came, originals whose check is over."""

from celery import shared_task

from services.coursework.operations import uploads
from services.coursework.tasks.timetable import DELETE_ORIGINALS, GIVE_UP_WAITING
from shared.kernel.clock import utc_now
from shared.worker import resources, transaction


@shared_task(name=GIVE_UP_WAITING)
def give_up_waiting() -> None:
    """Refuse files that were announced a day ago and never came."""
    with transaction() as session:
        uploads.give_up_waiting(session, now=utc_now())


@shared_task(name=DELETE_ORIGINALS)
def delete_originals() -> None:
    """Delete the unchecked originals of files that were decided an hour ago."""
    with transaction() as session:
        uploads.delete_originals(session, documents=resources().documents, now=utc_now())
