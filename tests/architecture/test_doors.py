"""Every view has exactly one guard, and every permission a way to hold it."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from shared.contracts.services import Service
from shared.web.guards import GUARD
from tests.support.service import ServiceUnderTest

#: Served by Flask and flask-smorest themselves: built files and the OpenAPI document.
FRAMEWORK_ENDPOINTS = {"static", "api-docs.openapi_json"}


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    under_test: ServiceUnderTest = request.getfixturevalue(request.param.value)
    return under_test


def views(app: Flask) -> Iterator[tuple[str, Any]]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        view_class = getattr(view, "view_class", None)
        if view_class is None:
            yield rule.endpoint, view
            continue
        for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}:
            yield f"{rule.endpoint} {method}", getattr(view_class, method.lower())


def test_every_view_says_who_may_come_in(service: ServiceUnderTest) -> None:
    unguarded = {
        name for name, view in views(service.app) if name not in FRAMEWORK_ENDPOINTS and not hasattr(view, GUARD)
    }
    assert not unguarded


@pytest.mark.parametrize("name", list(Service))
def test_every_permission_has_a_way_to_hold_it(name: Service) -> None:
    permissions = importlib.import_module(f"services.{name}.domain.permissions")
    assert set(permissions.Permission) == set(permissions.PERMISSIONS)
    assert all(member.value.startswith(f"{name}:") for member in permissions.Permission)


def test_no_page_fails_for_somebody_who_has_not_signed_in(service: ServiceUnderTest) -> None:
    client = service.client()
    for rule in service.app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint not in ("static", "health.readyz"):
            arguments = {name: _example(rule, name) for name in rule.arguments}
            with service.app.test_request_context():
                address = rule.build(arguments)[1]
            answer = client.get(address)
            assert answer.status_code < 500, address


def _example(rule: Any, name: str) -> Any:
    converter = type(rule._converters[name]).__name__
    return {"UUIDConverter": "0190e5a0-0000-7000-8000-000000000001", "IntegerConverter": 1}.get(converter, "x")
