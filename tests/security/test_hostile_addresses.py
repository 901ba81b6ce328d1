"""Addresses that no page of ours leads to: garbage in queries, cursors and paths. They never break a page."""

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from shared.contracts.services import Service
from shared.web.paging import encode_cursor
from tests.support.demo import DemoProgramme
from tests.support.routes import UNKNOWN_ID, reading_routes
from tests.support.service import CheckedClient, ServiceUnderTest

CURSORS = [
    "x",
    "%00",
    "AAAA" * 2_000,
    "ü",
    encode_cursor([]),
    encode_cursor([1]),
    encode_cursor([None, None]),
    encode_cursor(["x", "y"]),
    encode_cursor([{}, []]),
    encode_cursor([10**40, UNKNOWN_ID]),
    encode_cursor(["9999-99-99T00:00:00+00:00", UNKNOWN_ID]),
    encode_cursor(["2026-01-01", UNKNOWN_ID]),
    encode_cursor(["0001-01-01T00:00:00+23:59", UNKNOWN_ID]),
    encode_cursor(["a\x00b", UNKNOWN_ID]),
    encode_cursor(["\ud800", UNKNOWN_ID]),
    encode_cursor([True, False, True, False]),
    base64.urlsafe_b64encode(json.dumps({"a": 1}).encode()).decode(),
    base64.urlsafe_b64encode(b"[" * 6_000).decode(),
    base64.urlsafe_b64encode(b"NaN").decode(),
]
VALUES = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "99999999999999999999999",
    "-1",
    "x" * 8_000,
    "%E2%80%AE",
    "'%20OR%201=1--",
    "%3Cscript%3E",
    "[]",
    "0",
    "true",
    "NaN",
    "%25s%20100%25",
]
NAMES = [
    "q",
    "search",
    "state",
    "region",
    "level",
    "near",
    "free",
    "run",
    "module",
    "next",
    "name",
    "kind",
    "role",
    "town",
]
ROLES = ["buero", "trainerin", "traeger", "vorstand"]


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest, demo: DemoProgramme) -> Iterator[ServiceUnderTest]:
    with demo.service(request.param) as under_test:
        yield under_test


def entrances(service: ServiceUnderTest) -> list[str]:
    """Pages and calls without variable parts."""
    return [
        route.path
        for route in reading_routes(service.app)
        if not next(service.app.url_map.iter_rules(route.endpoint)).arguments and route.endpoint != "health.readyz"
    ]


def broken(client: CheckedClient, addresses: list[str]) -> list[tuple[str, str]]:
    found = []
    for address in addresses:
        try:
            status = client.get(address).status_code
        except Exception as error:  # A fault of ours, whichever; all are listed at once.
            found.append((address[:200], f"{type(error).__name__}: {str(error)[:200]}"))
        else:
            if status >= 500:
                found.append((address[:200], str(status)))
    return found


def pages(demo: DemoProgramme, service: ServiceUnderTest) -> Iterator[tuple[CheckedClient, str]]:
    """Every page and call without variable parts, once, each with somebody who may see it."""
    seen: set[str] = set()
    for client in (service.client(), *(service.client_of(demo.people[role]) for role in ROLES)):
        for path in entrances(service):
            if path not in seen and client.get(path).status_code == 200:
                seen.add(path)
                yield client, path


def test_no_cursor_breaks_a_list(demo: DemoProgramme, service: ServiceUnderTest) -> None:
    faults, lists = [], 0
    for client, path in pages(demo, service):
        if client.get(f"{path}?after=x").status_code == 400:
            lists += 1
            faults += broken(client, [f"{path}?after={quote(cursor, safe='%')}" for cursor in CURSORS])
    assert not faults
    assert lists


def test_no_query_breaks_a_page(demo: DemoProgramme, service: ServiceUnderTest) -> None:
    faults = []
    for number, (client, path) in enumerate(pages(demo, service)):
        faults += broken(client, [f"{path}?{query}" for query in queries(number)])
    assert not faults


def queries(number: int) -> list[str]:
    """Four queries with a value for every name; from page to page each name meets other values."""
    shifted = [
        "&".join(f"{name}={VALUES[(place + number * 4 + turn) % len(VALUES)]}" for place, name in enumerate(NAMES))
        for turn in range(4)
    ]
    return [*shifted, "&".join(f"x{count}=1" for count in range(1_000))]


def test_no_path_breaks_a_page(demo: DemoProgramme, service: ServiceUnderTest) -> None:
    parts = ["%00", "x%00", "%FF", "..%2F..", "a" * 3_000, "%E2%80%AE", "-1", "9" * 40, "'", "%20", UNKNOWN_ID, "٣"]
    client = service.client_of(demo.people["buero"])
    addresses = {
        route.path.replace(UNKNOWN_ID, part).replace("/x", f"/{part}")
        for number, route in enumerate(reading_routes(service.app))
        if route.endpoint != "health.readyz"
        for part in (*parts[number % 4 :: 4], parts[0])
    }
    assert not broken(client, sorted(addresses))
