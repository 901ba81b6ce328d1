"""The periodic door of wallets: what they no longer need is deleted."""

from celery import shared_task

from services.certification.operations.wallet import offers
from services.certification.tasks.timetable import SWEEP_WALLET
from shared.kernel.clock import utc_now
from shared.worker import transaction


@shared_task(name=SWEEP_WALLET)
def sweep_wallet() -> None:
    """Delete offers that are over and challenges that were used."""
    with transaction() as session:
        offers.sweep_wallet(session, now=utc_now())
