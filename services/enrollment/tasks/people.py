"""Periodic work about people: what is over is deleted."""

from celery import shared_task

from services.enrollment.operations.retention import forget_old_credentials
from services.enrollment.tasks.timetable import FORGET_OLD_CREDENTIALS
from shared.kernel.clock import utc_now
from shared.worker import transaction


@shared_task(name=FORGET_OLD_CREDENTIALS)
def forget() -> None:
    """Delete links, challenges and slips whose time is long over."""
    with transaction() as session:
        forget_old_credentials(session, now=utc_now())
