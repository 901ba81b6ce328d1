"""The Celery app of a service. The same settings run on RabbitMQ and on Valkey."""

from collections.abc import Sequence
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from kombu import Exchange, Queue

from shared.config import Settings
from shared.contracts.services import Service
from shared.messaging.names import Lane, queue_name
from shared.observability.logs import configure_logs

#: A task that runs longer than this is broken: told so first, then ended. Everything long is cut into small messages.
SOFT_TIME_LIMIT_SECONDS = 60
HARD_TIME_LIMIT_SECONDS = 75

#: Valkey hands a task out again when nobody has acknowledged it for this long; it must exceed the hard limit.
_VISIBILITY_TIMEOUT_SECONDS = 120


def queue(service: Service | str, lane: Lane) -> Queue:
    """A durable queue; with RabbitMQ a quorum queue, which survives the loss of a node."""
    name = queue_name(service, lane)
    return Queue(name, Exchange(name, type="topic"), routing_key=name, queue_arguments={"x-queue-type": "quorum"})


def create_celery(settings: Settings, *, tasks: Sequence[str] = ()) -> Celery:
    """The app of one service. `tasks` are module names, imported when the worker starts."""
    app = Celery(settings.service.value, include=list(tasks))
    app.conf.update(
        broker_url=settings.broker_url,
        broker_transport_options=_transport_options(settings.broker_url),
        broker_connection_retry_on_startup=True,
        task_queues=[queue(settings.service, lane) for lane in Lane],
        task_default_queue=queue_name(settings.service, Lane.SCHEDULE),
        task_default_queue_type="quorum",
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_soft_time_limit=SOFT_TIME_LIMIT_SECONDS,
        task_time_limit=HARD_TIME_LIMIT_SECONDS,
        worker_prefetch_multiplier=1,
        # A task whose acknowledgement can no longer arrive is handed out again anyway; the inbox counts it once.
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_max_tasks_per_child=2_000,
        # A child that has grown, by fonts and pictures, makes room for a new one after its task.
        worker_max_memory_per_child=settings.worker_memory_mib * 1024,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        enable_utc=True,
        timezone="Europe/Berlin",
    )
    app.set_default()
    return app


def run_worker(app: Celery, settings: Settings) -> None:
    """Serve the service's queues until told to stop. One task at a time; more workers are more processes."""

    @setup_logging.connect(weak=False)
    def _configure(**_: Any) -> None:
        configure_logs(service=settings.service.value, process="worker", level=settings.log_level)

    app.worker_main(
        ["worker", "--pool=prefork", "--concurrency=1", "--without-gossip", "--without-mingle", "--loglevel=INFO"]
    )


def _transport_options(broker_url: str) -> dict[str, Any]:
    """Per broker. Without publisher confirms RabbitMQ loses messages that were sent just before it is killed."""
    if broker_url.startswith("amqp"):
        return {"confirm_publish": True}
    return {"visibility_timeout": _VISIBILITY_TIMEOUT_SECONDS, "socket_keepalive": True}
