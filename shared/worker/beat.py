"""The schedule of all services in one process: `python -m shared.worker.beat services.enrollment.worker …`.

It knows no service: it is given the names of their worker modules, takes each one's schedule, and puts the tasks on
that service's queue. Nothing is lost when it is not running: a task of the schedule only looks for rows that are due.
"""

import sys
from importlib import import_module

from celery import Celery
from celery.beat import Scheduler, Service

from shared.observability.logs import configure_logs


def merge_schedules(apps: list[Celery]) -> Celery:
    """One app that bears the schedules of all; an entry says its own queue."""
    first = apps[0]
    schedule = {f"{app.main}: {name}": entry for app in apps for name, entry in app.conf.beat_schedule.items()}
    first.conf.beat_schedule = schedule
    return first


def main(module_names: list[str]) -> None:
    """Run the schedule until told to stop. The scheduler keeps nothing on disk: after a start everything is due."""
    configure_logs(service="schedule", process="schedule", level="INFO")
    app = merge_schedules([import_module(name).create_worker() for name in module_names])
    Service(app, scheduler_cls=Scheduler).start()


if __name__ == "__main__":
    main(sys.argv[1:])
