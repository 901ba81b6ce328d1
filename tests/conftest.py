"""Engines and services for every test that needs them.

The engines are the embedded ones of `make run`; where MEMO_TEST_POSTGRES_URL or MEMO_TEST_BROKER_URL is set, those
servers are used instead. Each test gets a fresh copy of each migrated database it asks for.
"""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.services import Service
from shared.devkit.platform import Engines, start_engines
from shared.resources import Resources
from tests.support import identities
from tests.support.databases import Databases
from tests.support.service import ServiceUnderTest

pytest_plugins = ["tests.support.journeys"]

BASE_URL = "http://127.0.0.1:8080"


@pytest.fixture
def _push_request_context() -> None:
    """pytest-flask shares one context among all requests of a test, and with it the signed-in person: not here."""


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """PostgreSQL, broker and S3 of this run."""
    with start_engines(tmp_path_factory.mktemp("engines")) as engines:
        yield engines


@pytest.fixture(scope="session")
def databases(engines: Engines) -> Iterator[Databases]:
    """The databases of this run."""
    databases = Databases(os.environ.get("MEMO_TEST_POSTGRES_URL") or engines.superuser_url)
    yield databases
    databases.drop_templates()


def environment_of(service: Service, *, engines: Engines, database_url: str, folder: Path) -> dict[str, str]:
    """The settings of one service over a test's own database."""
    given = {name: value for name, value in engines.environment(service).items() if name.startswith("MEMO_")}
    return {
        **given,
        "MEMO_DATABASE_URL": database_url,
        "MEMO_BROKER_URL": os.environ.get("MEMO_TEST_BROKER_URL") or given["MEMO_BROKER_URL"],
        "MEMO_BASE_URL": BASE_URL,
        "MEMO_IDENTITY_PUBLIC_KEYS": identities.PUBLIC_KEYS,
        **({"MEMO_PUBLIC_FOLDER": str(folder / "public")} if service is Service.CERTIFICATION else {}),
        **({"MEMO_IDENTITY_PRIVATE_KEY": identities.PRIVATE_KEY} if service is Service.ENROLLMENT else {}),
    }


@contextmanager
def _service(service: Service, *, engines: Engines, databases: Databases, folder: Path) -> Iterator[ServiceUnderTest]:
    with databases.clone(databases.template(service)) as url:
        environment = environment_of(service, engines=engines, database_url=url, folder=folder)
        config = importlib.import_module(f"services.{service}.config")
        resources: Resources[Any] = Resources(config.read_settings(environment))
        app = importlib.import_module(f"services.{service}.app").make_app(resources)
        worker = importlib.import_module(f"services.{service}.worker").make_worker(resources)
        yield ServiceUnderTest(resources, app, worker)
        resources.database.dispose()


@pytest.fixture
def enrollment(engines: Engines, databases: Databases, tmp_path: Path) -> Iterator[ServiceUnderTest]:
    """The enrollment service over a fresh database."""
    with _service(Service.ENROLLMENT, engines=engines, databases=databases, folder=tmp_path) as service:
        yield service


@pytest.fixture
def coursework(engines: Engines, databases: Databases, tmp_path: Path) -> Iterator[ServiceUnderTest]:
    """The coursework service over a fresh database."""
    with _service(Service.COURSEWORK, engines=engines, databases=databases, folder=tmp_path) as service:
        yield service


@pytest.fixture
def certification(engines: Engines, databases: Databases, tmp_path: Path) -> Iterator[ServiceUnderTest]:
    """The certification service over a fresh database."""
    with _service(Service.CERTIFICATION, engines=engines, databases=databases, folder=tmp_path) as service:
        yield service


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What talks to a database or a broker runs again on the engines of production."""
    for item in items:
        room = Path(item.path).relative_to(Path(__file__).parent).parts[0]
        if room in ("integration", "concurrency"):
            item.add_marker(pytest.mark.production_engines)
        if room in ("journeys", "accessibility", "chaos"):
            item.add_marker(pytest.mark.journey)
