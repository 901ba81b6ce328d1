"""The periodic work that every service has. Enrollment's own is in `tasks/<work>.py`, its times in `timetable.py`."""

from shared.contracts.services import Service
from shared.worker.schedule import sweep_task

sweep = sweep_task(Service.ENROLLMENT)
