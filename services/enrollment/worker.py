"""The worker of enrollment: its Celery app, its tasks, its schedule."""

import os

from celery import Celery

from services.enrollment.config import EnrollmentSettings, read_settings
from services.enrollment.tasks.schedule import SCHEDULE
from shared.resources import Resources
from shared.worker import create_celery
from shared.worker.factory import run_worker


def make_worker(resources: Resources[EnrollmentSettings]) -> Celery:
    """The Celery app over given resources."""
    return create_celery(
        resources,
        tasks=["services.enrollment.tasks.inbound", "services.enrollment.tasks.schedule"],
        schedule=SCHEDULE,
    )


def create_worker() -> Celery:
    """The Celery app of this process's environment."""
    return make_worker(Resources(read_settings(os.environ)))


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_worker(make_worker(own_resources), own_resources)
