"""The Celery side of a service: its app, its queues, what receives messages, the schedule."""

from shared.worker.context import attach, resources, transaction
from shared.worker.factory import create_celery

__all__ = ["attach", "create_celery", "resources", "transaction"]
