"""The demo programme as tests use it: loaded once per run by the real platform, then copied for each test."""

import importlib
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shared.contracts.services import Service
from shared.devkit.demo.sign_ins import SIGN_INS
from shared.devkit.platform import Engines, start_platform, start_storage
from shared.resources import Resources
from tests.support import identities
from tests.support.databases import Databases
from tests.support.service import ServiceUnderTest


@dataclass(frozen=True)
class DemoProgramme:
    """The databases and documents that the demo loaders left, and who stands for which role."""

    engines: Engines
    people: Mapping[str, UUID]
    """Person ids by mailbox of the demo sign-ins: `kurs`, `trainerin`, `buero` …"""

    @contextmanager
    def service(self, service: Service) -> Iterator[ServiceUnderTest]:
        """A service over a copy of its loaded database, thrown away at the end."""
        environment = self.engines.environment(service)
        source = sa.make_url(environment["MEMO_DATABASE_URL"]).database
        assert source is not None
        with Databases(self.engines.superuser_url).clone(source) as url:
            changed = {
                "MEMO_DATABASE_URL": url,
                "MEMO_IDENTITY_PUBLIC_KEYS": identities.PUBLIC_KEYS,
                "MEMO_BASE_URL": "http://127.0.0.1:8080",
            }
            if service is Service.ENROLLMENT:
                changed["MEMO_IDENTITY_PRIVATE_KEY"] = identities.PRIVATE_KEY
            settings = importlib.import_module(f"services.{service}.config").read_settings(environment | changed)
            resources: Resources[Any] = Resources(settings)
            app = importlib.import_module(f"services.{service}.app").make_app(resources)
            worker = importlib.import_module(f"services.{service}.worker").make_worker(resources)
            yield ServiceUnderTest(resources, app, worker)
            resources.database.dispose()


@contextmanager
def load_demo_programme(var: Path) -> Iterator[DemoProgramme]:
    """Load it as `make run` does, end the platform, and keep only its engines."""
    if not (var / "demo" / "loaded").exists():
        start_platform(var, _free_port()).stop()
    with start_storage(var) as engines:
        yield DemoProgramme(engines, _people(engines))


def _people(engines: Engines) -> dict[str, UUID]:
    mailboxes = {sign_in.email: sign_in.mailbox for sign_in in SIGN_INS}
    engine = sa.create_engine(engines.environment(Service.ENROLLMENT)["MEMO_DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(
            sa.text("SELECT id, email FROM person WHERE email = ANY(:emails)"), {"emails": list(mailboxes)}
        ).all()
    engine.dispose()
    return {mailboxes[row.email]: row.id for row in rows}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
