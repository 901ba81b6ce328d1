"""The worker of enrollment: its Celery app with its tasks."""

import os

from celery import Celery

from services.enrollment.config import EnrollmentSettings, read_settings
from shared.resources import Resources
from shared.worker import attach, create_celery
from shared.worker.factory import run_worker

_TASKS = (
    "services.enrollment.tasks.inbound",
    "services.enrollment.tasks.people",
    "services.enrollment.tasks.runs",
    "services.enrollment.tasks.schedule",
)


def make_worker(resources: Resources[EnrollmentSettings]) -> Celery:
    """The Celery app over given resources."""
    app = create_celery(resources.settings, tasks=_TASKS)
    attach(app, resources)
    return app


if __name__ == "__main__":
    own_settings = read_settings(os.environ)
    run_worker(make_worker(Resources(own_settings)), own_settings)
