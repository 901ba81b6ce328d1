"""While a service's database is away: everybody is told so in a page or a problem, and nothing else breaks."""

import importlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shared.contracts.services import Service
from shared.devkit.platform import Engines
from shared.resources import Resources
from tests.conftest import environment_of
from tests.support.pages import text_of
from tests.support.service import ServiceUnderTest

NOBODY_LISTENS = "postgresql+psycopg://memo@127.0.0.1:9/memo"
ADDRESSES = {
    Service.ENROLLMENT: ("/profile", "/api/enrollment/v1/me"),
    Service.COURSEWORK: ("/coursework/", "/api/coursework/v1/runs"),
    Service.CERTIFICATION: ("/certification/", "/api/certification/v1/certificates"),
}


@pytest.fixture(params=list(Service))
def cut_off(request: pytest.FixtureRequest, engines: Engines, tmp_path: Path) -> ServiceUnderTest:
    """A service whose database does not answer."""
    service = request.param
    environment = environment_of(service, engines=engines, database_url=NOBODY_LISTENS, folder=tmp_path)
    settings = importlib.import_module(f"services.{service}.config").read_settings(environment)
    resources: Resources[Any] = Resources(settings)
    app = importlib.import_module(f"services.{service}.app").make_app(resources)
    return ServiceUnderTest(
        resources, app, importlib.import_module(f"services.{service}.worker").make_worker(resources)
    )


def test_whoever_is_signed_in_is_told_to_come_back(cut_off: ServiceUnderTest) -> None:
    page, call = ADDRESSES[cut_off.resources.settings.service]
    client = cut_off.client_of(uuid4())
    answer = client.get(page)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "We will be right back" in text_of(answer.text)
    problem = client.get(call)
    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")


def test_it_is_alive_but_not_ready(cut_off: ServiceUnderTest) -> None:
    client = cut_off.client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
