"""The processes of the three services, with the same commands that deploy/ uses."""

from shared.contracts.services import Service
from shared.devkit.runner.environment import service_environment
from shared.devkit.runner.postgres import Postgres
from shared.devkit.runner.probes import answers_http
from shared.devkit.runner.process import Kind, ProcessSpec
from shared.devkit.runner.surroundings import Surroundings, program

_GRANIAN = (
    *(program("python"), "-m", "granian"),
    *("--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "4"),
    *(
        "--respawn-failed-workers",
        "--respawn-interval",
        "0.5",
        "--no-access-log",
        "--workers-kill-timeout",
        "5",
        "--factory",
    ),
)


def web(service: Service, *, surroundings: Surroundings, postgres: Postgres) -> ProcessSpec:
    """Pages and JSON of a service, one worker with four threads."""
    port = surroundings.ports[service]
    return ProcessSpec(
        name=f"{service}-web",
        command=(*_GRANIAN, "--port", str(port), f"services.{service}.app:create_app"),
        environment=service_environment(service, surroundings=surroundings, postgres=postgres),
        is_ready=answers_http(port, "/healthz"),
        port=port,
    )


def worker(service: Service, *, surroundings: Surroundings, postgres: Postgres) -> ProcessSpec:
    """The Celery worker of a service's queues."""
    return ProcessSpec(
        name=f"{service}-worker",
        command=(program("python"), "-m", f"services.{service}.worker"),
        environment=service_environment(service, surroundings=surroundings, postgres=postgres),
    )


def relay(service: Service, *, surroundings: Surroundings, postgres: Postgres) -> ProcessSpec:
    """Carries a service's outbox to the broker."""
    return ProcessSpec(
        name=f"{service}-relay",
        command=(program("python"), "-m", "shared.worker.relay", f"services.{service}.config"),
        environment=service_environment(service, surroundings=surroundings, postgres=postgres),
    )


def schedule(*, surroundings: Surroundings, postgres: Postgres) -> ProcessSpec:
    """Tells each worker when its periodic work is due. All share a broker; one service's settings name it."""
    first = next(iter(Service))
    timetables = [f"services.{service}.tasks.timetable" for service in Service]
    return ProcessSpec(
        name="schedule",
        command=(program("python"), "-m", "shared.worker.beat", f"services.{first}.config", *timetables),
        environment=service_environment(first, surroundings=surroundings, postgres=postgres),
    )


def migration(service: Service, *, surroundings: Surroundings, postgres: Postgres) -> ProcessSpec:
    """Brings a service's database to the newest shape."""
    return ProcessSpec(
        name=f"{service}-migrate",
        command=(program("python"), "-m", f"services.{service}.cli", "migrate"),
        environment=service_environment(service, surroundings=surroundings, postgres=postgres),
        kind=Kind.JOB,
    )
