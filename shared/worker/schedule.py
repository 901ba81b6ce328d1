"""Periodic tasks that every service has, and the form of an entry of the schedule."""

from typing import Any

from celery import shared_task
from celery.schedules import schedule

from shared.contracts.services import Service
from shared.db.limits import forget_old_attempts
from shared.kernel.clock import utc_now
from shared.messaging import receipts
from shared.messaging.names import Lane
from shared.worker.context import transaction
from shared.worker.factory import queue


def every(seconds: float, *, service: Service, task: str) -> dict[str, Any]:
    """An entry of a service's schedule: run `task` on the service's schedule queue every so many seconds.

    A task that nobody took before the next one is due expires, so that a worker that was away is not flooded.
    """
    return {
        "task": task,
        "schedule": schedule(run_every=seconds),
        "options": {
            "queue": queue(service, Lane.SCHEDULE),
            "expires": seconds,
        },
    }


def sweep_task_name(service: Service) -> str:
    """The task that deletes what is over in the shared tables."""
    return f"{service}.messages.sweep"


def sweep_task(service: Service) -> Any:
    """The sweep of a service's `tasks/schedule.py`."""

    @shared_task(name=sweep_task_name(service))
    def sweep() -> None:
        with transaction() as session:
            receipts.sweep(session, now=utc_now())
            forget_old_attempts(session, now=utc_now())

    return sweep
