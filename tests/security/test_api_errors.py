"""Programs get application/problem+json for every refusal, whatever refuses: Flask, a guard, a schema, an operation."""

import pytest
from werkzeug.test import TestResponse

from shared.contracts.services import Service
from tests.support.routes import Route, routes_of, writing_routes
from tests.support.service import ServiceUnderTest

BASE = "http://127.0.0.1:8080"
#: Wallets are answered as OAuth 2.0 (RFC 6749, section 5.2) and OpenID4VCI say; a check of the VC-API answers 400 with
#: its result. Their refusals have tests of their own.
OWN_FORMS = ("/api/certification/wallet/", "/api/certification/vc-api/presentations/")


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    under_test: ServiceUnderTest = request.getfixturevalue(request.param.value)
    return under_test


def api_routes(service: ServiceUnderTest) -> list[Route]:
    return [route for route in routes_of(service.app) if route.path.startswith("/api/")]


def assert_problem(answer: TestResponse, *statuses: int) -> None:
    assert answer.status_code in statuses, (answer.request.path, answer.status_code)
    assert answer.mimetype == "application/problem+json", answer.request.path
    problem = answer.get_json(force=True)
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert problem["type"]


def test_an_unknown_address_is_a_problem(service: ServiceUnderTest) -> None:
    name = service.resources.settings.service
    for path in (f"/api/{name}/v1/nowhere", f"/api/{name}/v1/runs/not-an-id/x", f"/api/{name}/v9/", "/api/"):
        assert_problem(service.client().get(path), 404)


def test_another_method_is_a_problem_that_names_the_right_ones(service: ServiceUnderTest) -> None:
    for path in {route.path for route in api_routes(service)}:
        answer = service.client().open(path, method="PATCH")
        assert_problem(answer, 405)
        assert answer.headers["Allow"]


def test_nobody_is_told_to_sign_in(service: ServiceUnderTest) -> None:
    statuses = {}
    for route in api_routes(service):
        if route.path.startswith(OWN_FORMS):
            continue
        answer = service.client().open(route.path, method=route.method)
        if answer.status_code >= 400:
            assert_problem(answer, 400, 401, 404, 415, 422)
        statuses[str(route)] = answer.status_code
    assert 401 in statuses.values()


def test_bodies_of_any_kind_are_refused_as_problems(service: ServiceUnderTest) -> None:
    bodies = [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"null", "application/json"),
        (b'"text"', "application/json"),
        (b"[" * 50_000, "application/json"),
        (b'{"a":' * 20_000, "application/json"),
        (b'{"full_name": "\\ud800"}', "application/json"),
        (b'{"full_name": "\\u0000"}', "application/json"),
        (b"\xff\xfe\x00", "application/json"),
        (b"<xml/>", "application/xml"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"{}", "application/json; charset=utf-7"),
        (b"{}", ""),
    ]
    for route in writing_routes(service.app):
        if route.path.startswith(OWN_FORMS):
            continue
        if route.path.startswith("/api/"):
            for body, kind in bodies:
                answer = service.client().open(route.path, method=route.method, data=body, content_type=kind)
                assert_problem(answer, 400, 401, 403, 404, 415, 422)


def test_a_body_that_is_too_large_is_a_problem(service: ServiceUnderTest) -> None:
    route = next(r for r in writing_routes(service.app) if r.path.startswith("/api/"))
    answer = service.client().post(route.path, data=b"x" * 26 * 1024 * 1024, content_type="application/json")
    assert_problem(answer, 401, 404, 413)
