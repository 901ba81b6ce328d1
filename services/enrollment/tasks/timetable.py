"""When the periodic tasks of enrollment run: only their names, the tasks themselves stand beside this file."""

from typing import Any

from shared.contracts.services import Service
from shared.worker.timetable import every, sweep_task_name

FORGET_OLD_CREDENTIALS = "enrollment.people.forget_old_credentials"
LAPSE_OFFERS = "enrollment.places.lapse_offers"
ADVANCE_RUNS = "enrollment.runs.advance"
TELL_OF_CHANGED_DATES = "enrollment.runs.tell_of_changed_dates"

_HOUR = 3_600

TIMETABLE: dict[str, dict[str, Any]] = {
    "forget old credentials": every(24 * _HOUR, service=Service.ENROLLMENT, task=FORGET_OLD_CREDENTIALS),
    "sweep": every(_HOUR, service=Service.ENROLLMENT, task=sweep_task_name(Service.ENROLLMENT)),
    "lapse offers": every(60, service=Service.ENROLLMENT, task=LAPSE_OFFERS),
    "advance runs": every(600, service=Service.ENROLLMENT, task=ADVANCE_RUNS),
    "tell of changed dates": every(300, service=Service.ENROLLMENT, task=TELL_OF_CHANGED_DATES),
}
