"""The worker of certification: its Celery app with its tasks."""

import os

from celery import Celery

from services.certification.config import CertificationSettings, read_settings
from shared.resources import Resources
from shared.worker import attach, create_celery
from shared.worker.factory import run_worker

_TASKS = (
    "services.certification.tasks.batches",
    "services.certification.tasks.documents",
    "services.certification.tasks.inbound",
    "services.certification.tasks.log",
    "services.certification.tasks.schedule",
    "services.certification.tasks.shares",
    "services.certification.tasks.wallet",
    "services.certification.tasks.webhooks",
)


def make_worker(resources: Resources[CertificationSettings]) -> Celery:
    """The Celery app over given resources."""
    app = create_celery(resources.settings, tasks=_TASKS)
    attach(app, resources)
    return app


if __name__ == "__main__":
    own_settings = read_settings(os.environ)
    run_worker(make_worker(Resources(own_settings)), own_settings)
