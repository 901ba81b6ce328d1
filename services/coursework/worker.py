"""The worker of coursework: its Celery app with its tasks."""

import os

from celery import Celery

from services.coursework.config import read_settings
from shared.config import Settings
from shared.resources import Resources
from shared.worker import attach, create_celery
from shared.worker.factory import run_worker

_TASKS = (
    "services.coursework.tasks.inbound",
    "services.coursework.tasks.schedule",
    "services.coursework.tasks.uploads",
)


def make_worker(resources: Resources[Settings]) -> Celery:
    """The Celery app over given resources."""
    app = create_celery(resources.settings, tasks=_TASKS)
    attach(app, resources)
    return app


if __name__ == "__main__":
    own_settings = read_settings(os.environ)
    run_worker(make_worker(Resources(own_settings)), own_settings)
