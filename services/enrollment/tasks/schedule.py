"""Periodic work of enrollment: name of the task -> how often. The tasks themselves are in `tasks/<work>.py`."""

from typing import Any

from services.enrollment.tasks.runs import ADVANCE_RUNS, LAPSE_OFFERS
from shared.contracts.services import Service
from shared.worker.schedule import every

SCHEDULE: dict[str, dict[str, Any]] = {
    # people, sign-in, associations, memberships, roles
    # catalogue, runs, places, attendance, settings
    "lapse offers": every(60, service=Service.ENROLLMENT, task=LAPSE_OFFERS),
    "advance runs": every(600, service=Service.ENROLLMENT, task=ADVANCE_RUNS),
}
