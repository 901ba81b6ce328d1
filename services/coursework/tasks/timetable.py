"""When the periodic tasks of coursework run: only their names, the tasks themselves stand beside this file."""

from typing import Any

from shared.contracts.services import Service
from shared.worker.timetable import every, sweep_task_name

GIVE_UP_WAITING = "coursework.uploads.give_up_waiting"
DELETE_ORIGINALS = "coursework.uploads.delete_originals"

_HOUR = 3_600

TIMETABLE: dict[str, dict[str, Any]] = {
    "give up waiting": every(_HOUR, service=Service.COURSEWORK, task=GIVE_UP_WAITING),
    "delete originals": every(_HOUR / 4, service=Service.COURSEWORK, task=DELETE_ORIGINALS),
    "sweep": every(_HOUR, service=Service.COURSEWORK, task=sweep_task_name(Service.COURSEWORK)),
}
