"""The worker of coursework: its Celery app, its tasks, its schedule."""

import os

from celery import Celery

from services.coursework.config import read_settings
from services.coursework.tasks.schedule import SCHEDULE
from shared.config import Settings
from shared.resources import Resources
from shared.worker import create_celery
from shared.worker.factory import run_worker


def make_worker(resources: Resources[Settings]) -> Celery:
    """The Celery app over given resources."""
    return create_celery(
        resources,
        tasks=[
            "services.coursework.tasks.inbound",
            "services.coursework.tasks.schedule",
            "services.coursework.tasks.uploads",
        ],
        schedule=SCHEDULE,
    )


def create_worker() -> Celery:
    """The Celery app of this process's environment."""
    return make_worker(Resources(read_settings(os.environ)))


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_worker(make_worker(own_resources), own_resources)
