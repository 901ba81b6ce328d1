"""The periodic task that every service has."""

from typing import Any

from celery import shared_task

from shared.contracts.services import Service
from shared.db.limits import forget_old_attempts
from shared.kernel.clock import utc_now
from shared.messaging import receipts
from shared.worker.context import transaction
from shared.worker.timetable import sweep_task_name


def sweep_task(service: Service) -> Any:
    """The sweep of a service's `tasks/schedule.py`."""

    @shared_task(name=sweep_task_name(service))
    def sweep() -> None:
        with transaction() as session:
            receipts.sweep(session, now=utc_now())
            forget_old_attempts(session, now=utc_now())

    return sweep
