"""The form of a timetable's entries: periodic tasks by name, so that whoever only tells the time loads no operation."""

from typing import Any

from celery.schedules import schedule

from shared.contracts.services import Service
from shared.messaging.names import Lane
from shared.worker.factory import queue


def every(seconds: float, *, service: Service, task: str) -> dict[str, Any]:
    """An entry of a service's timetable: run `task` on the service's schedule queue every so many seconds.

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
