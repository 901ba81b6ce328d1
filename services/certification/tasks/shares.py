"""The periodic door of what holders show: what is over is deleted."""

from celery import shared_task

from services.certification.operations import shares
from services.certification.tasks.timetable import SWEEP_SHARES
from shared.kernel.clock import utc_now
from shared.worker import transaction


@shared_task(name=SWEEP_SHARES)
def sweep_shares() -> None:
    """Delete links that are over for long, and requests that nobody has answered."""
    with transaction() as session:
        shares.sweep_shares(session, now=utc_now())
