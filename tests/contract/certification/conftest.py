"""Certification under a host name, as in production: did:web names no IP addresses."""

from collections.abc import Iterator

import pytest

from services.certification.app import make_app
from services.certification.config import read_settings
from services.certification.worker import make_worker
from shared.contracts.services import Service
from shared.devkit.platform import Engines
from shared.resources import Resources
from tests.support import identities
from tests.support.certification import World
from tests.support.databases import Databases
from tests.support.service import ServiceUnderTest

BASE_URL = "https://memo.example"


@pytest.fixture
def world(engines: Engines, databases: Databases) -> Iterator[World]:
    """Certification over a fresh database, behind https."""
    with databases.clone(databases.template(Service.CERTIFICATION)) as url:
        environment = {
            **engines.environment(Service.CERTIFICATION),
            "MEMO_DATABASE_URL": url,
            "MEMO_BASE_URL": BASE_URL,
            "MEMO_IDENTITY_PUBLIC_KEYS": identities.PUBLIC_KEYS,
        }
        resources = Resources(read_settings(environment))
        yield World(ServiceUnderTest(resources, make_app(resources), make_worker(resources)))
        resources.database.dispose()
