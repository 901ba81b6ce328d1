"""Periodic doors: status lists are signed anew, passes whose time is over end, the shared tables are swept."""

from typing import Any

from celery import shared_task

from services.certification.operations import keys, passes, status
from services.certification.operations.seals import seal_of
from shared.contracts.services import Service
from shared.kernel.clock import utc_now
from shared.worker import resources, transaction
from shared.worker.schedule import every, sweep_task, sweep_task_name

SIGN_LISTS = "certification.status.sign_lists"
WEIGH_PASSES = "certification.passes.weigh"

_HOUR = 3_600

sweep = sweep_task(Service.CERTIFICATION)


@shared_task(name=SIGN_LISTS)
def sign_lists() -> None:
    """Sign every status list anew, long before it grows too old; make the present key known."""
    seal = seal_of(resources().settings)
    with transaction() as session:
        keys.register_key(session, seal=seal, now=utc_now())
        status.sign_all_lists(session, seal=seal, now=utc_now())


@shared_task(name=WEIGH_PASSES)
def weigh_passes() -> None:
    """End the passes whose time is over."""
    with transaction() as session:
        passes.weigh_all_passes(session, now=utc_now())


SCHEDULE: dict[str, dict[str, Any]] = {
    "sign status lists": every(12 * _HOUR, service=Service.CERTIFICATION, task=SIGN_LISTS),
    "weigh passes": every(6 * _HOUR, service=Service.CERTIFICATION, task=WEIGH_PASSES),
    "sweep": every(_HOUR, service=Service.CERTIFICATION, task=sweep_task_name(Service.CERTIFICATION)),
}
