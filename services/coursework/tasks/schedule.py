"""Periodic work of coursework: what is run how often. The tasks themselves stand beside this file."""

from typing import Any

from services.coursework.tasks.uploads import DELETE_ORIGINALS, GIVE_UP_WAITING
from shared.contracts.services import Service
from shared.worker.schedule import every, sweep_task, sweep_task_name

_HOUR = 3_600

sweep = sweep_task(Service.COURSEWORK)

SCHEDULE: dict[str, dict[str, Any]] = {
    "give up waiting": every(_HOUR, service=Service.COURSEWORK, task=GIVE_UP_WAITING),
    "delete originals": every(_HOUR / 4, service=Service.COURSEWORK, task=DELETE_ORIGINALS),
    "sweep": every(_HOUR, service=Service.COURSEWORK, task=sweep_task_name(Service.COURSEWORK)),
}
