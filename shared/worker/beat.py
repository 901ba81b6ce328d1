"""The schedule of all services in one process: `python -m shared.worker.beat services.enrollment.config …timetable`.

It knows no service: it is given the name of the settings that tell the broker, and the names of the timetables. What
they name is put on each service's own queue. Nothing is lost when it is not running: a task of the schedule only looks
for rows that are due.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from celery import Celery
from celery.beat import Scheduler, Service

from shared.config import Settings
from shared.observability.logs import configure_logs
from shared.worker.factory import create_celery


def make_schedule(settings: Settings, timetables: Sequence[str]) -> Celery:
    """A Celery app that bears every entry of these modules; an entry says its own queue."""
    app = create_celery(settings)
    app.conf.beat_schedule = {
        f"{name}: {title}": entry for name in timetables for title, entry in import_module(name).TIMETABLE.items()
    }
    return app


def main(config_module: str, timetables: Sequence[str]) -> None:
    """Run the schedule until told to stop. The scheduler keeps nothing on disk: after a start everything is due."""
    settings = import_module(config_module).read_settings(os.environ)
    configure_logs(service="schedule", process="schedule", level=settings.log_level)
    Service(make_schedule(settings, timetables), scheduler_cls=Scheduler).start()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
