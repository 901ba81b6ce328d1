"""Putting a task on any service's queue, for the relay."""

from typing import Any

from celery import Celery

from shared.contracts.services import Service
from shared.messaging.names import Lane, queue_name
from shared.worker.factory import queue

_QUEUES = {queue_name(service, lane): queue(service, lane) for service in Service for lane in Lane}


class CelerySender:
    """Sends through one Celery app's connection; declares the queue, so that nothing is sent into the void."""

    def __init__(self, app: Celery) -> None:
        self._app = app

    def send(self, *, task: str, queue: str, arguments: list[Any], task_id: str) -> None:
        """Returns when the broker has the message. Raises kombu's OperationalError where it can't be reached.

        No retry here: the outbox is the retry, and a relay that waits inside a client holds its rows locked. Celery
        is given no picture of the arguments, for it would write them into logs. "direct" leads to the queue of this
        name by the exchange without a name: by that of the queue, Valkey is asked first each time what is bound to it.
        """
        self._app.send_task(
            task,
            args=arguments,
            queue=_QUEUES[queue],
            exchange_type="direct",
            task_id=task_id,
            retry=False,
            argsrepr="…",
            kwargsrepr="…",
        )
