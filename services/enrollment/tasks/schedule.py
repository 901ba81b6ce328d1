"""Periodic work of enrollment: name of the task -> how often. The tasks themselves are in `tasks/<work>.py`."""

from typing import Any

from services.enrollment.tasks.people import FORGET_OLD_CREDENTIALS
from services.enrollment.tasks.runs import ADVANCE_RUNS, LAPSE_OFFERS
from shared.contracts.services import Service
from shared.worker.schedule import every, sweep_task, sweep_task_name

sweep = sweep_task(Service.ENROLLMENT)

SCHEDULE: dict[str, dict[str, Any]] = {
    "forget old credentials": every(86_400, service=Service.ENROLLMENT, task=FORGET_OLD_CREDENTIALS),
    "sweep": every(3_600, service=Service.ENROLLMENT, task=sweep_task_name(Service.ENROLLMENT)),
    "lapse offers": every(60, service=Service.ENROLLMENT, task=LAPSE_OFFERS),
    "advance runs": every(600, service=Service.ENROLLMENT, task=ADVANCE_RUNS),
}
