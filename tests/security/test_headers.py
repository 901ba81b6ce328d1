"""Headers that every answer bears, whichever page it is."""

import re

import pytest

from shared.contracts.services import Service
from tests.support.routes import reading_routes
from tests.support.service import ServiceUnderTest

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}
_FORBIDDEN_SOURCES = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "https:", "*", "blob:")


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    under_test: ServiceUnderTest = request.getfixturevalue(request.param.value)
    return under_test


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


def test_every_answer_bears_the_security_headers(service: ServiceUnderTest) -> None:
    client = service.client()
    missing = []
    for route in reading_routes(service.app):
        headers = client.get(route.path).headers
        missing += [(str(route), name) for name, value in _ALWAYS.items() if headers.get(name) != value]
        if headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
            missing.append((str(route), "Referrer-Policy"))
        if "Cookie" not in headers.get("Vary", ""):
            missing.append((str(route), "Vary"))
    assert not missing


def test_every_answer_allows_scripts_styles_and_frames_of_this_site_only(service: ServiceUnderTest) -> None:
    client = service.client()
    wrong = []
    for route in reading_routes(service.app):
        policy = directives(client.get(route.path).headers["Content-Security-Policy"])
        sources = {source for listed in policy.values() for source in listed}
        if sources & set(_FORBIDDEN_SOURCES) or policy.get("default-src") != ["'none'"]:
            wrong.append(str(route))
        if policy.get("frame-ancestors") != ["'none'"] or policy.get("base-uri") != ["'none'"]:
            wrong.append(str(route))
        if policy.get("form-action") not in (["'self'"], ["'none'"]):
            wrong.append(str(route))
    assert not wrong


def test_pages_load_nothing_from_elsewhere(service: ServiceUnderTest) -> None:
    client = service.client()
    foreign = []
    for route in reading_routes(service.app):
        answer = client.get(route.path)
        if answer.mimetype == "text/html":
            loaded = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]+)\"", answer.text)
            foreign += [(str(route), url) for url in loaded if "//" in url and not url.startswith("data:")]
    assert not [entry for entry in foreign if "127.0.0.1:8080" not in entry[1]]


def test_no_answer_tells_which_software_made_it(service: ServiceUnderTest) -> None:
    for path in ("/healthz", "/nowhere", f"/api/{service.resources.settings.service}/v1/nowhere"):
        headers = service.client().get(path).headers
        assert not {"Server", "X-Powered-By"} & set(headers.keys())


def test_an_answer_that_holds_personal_data_is_not_kept_by_shared_caches(service: ServiceUnderTest) -> None:
    client = service.client()
    shared = [
        str(route)
        for route in reading_routes(service.app)
        if "public" in client.get(route.path).headers.get("Cache-Control", "")
    ]
    allowed = re.compile(r"/(\.well-known|certification/(status|achievements|log))/")
    assert not [route for route in shared if not allowed.search(route)]
