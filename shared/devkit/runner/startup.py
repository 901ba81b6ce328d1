"""In which order everything comes up, and what is prepared in between."""

import subprocess
from pathlib import Path

from shared.contracts.services import Service
from shared.devkit.runner import services
from shared.devkit.runner.console import Console
from shared.devkit.runner.credentials import ensure_secrets
from shared.devkit.runner.environment import service_environment
from shared.devkit.runner.gateway import gateway, mailbox
from shared.devkit.runner.layout import KEY_FILES, ROOT, Layout
from shared.devkit.runner.migrations import pending_services, remember_migrated
from shared.devkit.runner.offspring import Nursery
from shared.devkit.runner.ports import choose_ports
from shared.devkit.runner.postgres import Durability, Postgres
from shared.devkit.runner.process import Kind, ProcessSpec
from shared.devkit.runner.seaweedfs import seaweedfs
from shared.devkit.runner.supervisor import StartFailed, Supervisor
from shared.devkit.runner.surroundings import Surroundings, program
from shared.devkit.runner.table import print_table
from shared.devkit.runner.valkey import valkey

_WORKERS_DEADLINE_SECONDS = 60.0


def survey(var: Path, *, port: int) -> Surroundings:
    """Make the folders, choose the ports, make the secrets and the keys of this `var/`."""
    layout = Layout(var.resolve())
    layout.create_folders()
    surroundings = Surroundings(
        layout=layout,
        ports=choose_ports(layout.ports),
        secrets=ensure_secrets(layout.secrets),
        gateway_port=port,
    )
    if not all((layout.keys / name).exists() for name in KEY_FILES):
        command = (program("python"), "-m", "shared.devkit.runner.keys", str(layout.keys))
        subprocess.run(command, cwd=ROOT, env=surroundings.environment(), check=True)
    return surroundings


def start_only_engines(supervisor: Supervisor, surroundings: Surroundings, durability: Durability) -> None:
    """PostgreSQL, broker and S3, for tests and for those who save or restore the data."""
    postgres = Postgres.prepare(surroundings)
    supervisor.start_group([postgres.spec(durability), valkey(surroundings), seaweedfs(surroundings)])
    postgres.create_databases()
    supervisor.publish(
        ready=True,
        superuser_url=postgres.superuser_url,
        environments={s: service_environment(s, surroundings=surroundings, postgres=postgres) for s in Service},
    )


def start_everything(supervisor: Supervisor, surroundings: Surroundings, console: Console, nursery: Nursery) -> None:
    """Engines, databases, services, gateway, demo data; then the table."""
    supervisor.publish(ready=False, address=surroundings.base_url)
    postgres = Postgres.prepare(surroundings)
    console.say("engines", "starting PostgreSQL, Valkey, SeaweedFS and the mailbox")
    supervisor.start_group([nursery.spec(surroundings), postgres.spec(Durability.KEPT)])
    postgres.create_databases()
    supervisor.start_group([valkey(surroundings), seaweedfs(surroundings), mailbox(surroundings)])
    _migrate(supervisor, surroundings, postgres, console)
    console.say("services", "starting web processes, workers, relays and the schedule")
    supervisor.start_group(_service_processes(surroundings, postgres), deadline_seconds=_WORKERS_DEADLINE_SECONDS)
    supervisor.start_group([gateway(surroundings)])
    _load_demo(supervisor, surroundings, postgres, console)
    supervisor.publish(ready=True)
    print_table(console, surroundings)


def _migrate(supervisor: Supervisor, surroundings: Surroundings, postgres: Postgres, console: Console) -> None:
    pending = pending_services(surroundings.layout)
    if pending:
        console.say("databases", f"migrating {', '.join(pending)}")
        jobs = [services.migration(s, surroundings=surroundings, postgres=postgres) for s in pending]
        supervisor.run_jobs(jobs)
        remember_migrated(surroundings.layout)


def _service_processes(surroundings: Surroundings, postgres: Postgres) -> list[ProcessSpec]:
    makers = (services.web, services.worker, services.relay)
    each = [make(s, surroundings=surroundings, postgres=postgres) for make in makers for s in Service]
    return [*each, services.schedule(surroundings=surroundings, postgres=postgres)]


def _load_demo(supervisor: Supervisor, surroundings: Surroundings, postgres: Postgres, console: Console) -> None:
    """Load the demo programme on the first start. It gets every service's settings, each under its own prefix."""
    marker = surroundings.layout.demo_marker
    if marker.exists():
        return
    console.say("demo", "loading the demo programme")
    environment = surroundings.environment(MEMO_DEMO_FOLDER=str(surroundings.layout.demo))
    for service in Service:
        own = service_environment(service, surroundings=surroundings, postgres=postgres)
        environment |= {f"{service.upper()}_{name}": value for name, value in own.items() if name.startswith("MEMO_")}
    command = (program("python"), "-m", "shared.devkit.demo")
    try:
        supervisor.run_jobs([ProcessSpec(name="demo", command=command, environment=environment, kind=Kind.JOB)])
    except StartFailed as failure:
        console.warn("demo", f"not loaded, and tried again at the next start: {failure}")
    else:
        marker.touch()
        # A season of courses in some seconds: what these keep of it (fonts, drawings) is a fifth of all memory.
        supervisor.renew({f"{service}-{part}" for service in Service for part in ("worker", "relay")})
