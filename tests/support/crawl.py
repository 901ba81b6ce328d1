"""Walk through a service as somebody: each page that links lead to, its forms, what it asks the database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import sqlalchemy as sa
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.support.service import CheckedClient, ServiceUnderTest

_HTML = "{http://www.w3.org/1999/xhtml}"
_PAGES_PER_ENDPOINT = 3


@dataclass(frozen=True)
class FoundForm:
    """A form as it stood on a page: where it goes, and the names it sends with the values that it showed."""

    endpoint: str
    action: str
    fields: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.fields)


@dataclass
class Walk:
    """What somebody could see."""

    pages: dict[str, int] = field(default_factory=dict)
    """Statements that each page sent to the database, by path."""
    forms: dict[tuple[str, frozenset[str]], FoundForm] = field(default_factory=dict)
    dead_links: list[tuple[str, str, int]] = field(default_factory=list)
    """(page, link, status) where a link of a page leads to no page."""


@contextmanager
def counted_statements(service: ServiceUnderTest) -> Iterator[list[str]]:
    """The statements that reach the service's database inside the block."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine = service.resources.database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def walk(service: ServiceUnderTest, client: CheckedClient, *, most_pages: int = 150) -> Walk:
    """Follow links from every page without variable parts; a few pages of each kind are enough."""
    found = Walk()
    waiting = [("", path) for path in _entrances(service.app)]
    seen: set[str] = set()
    counts: dict[str, int] = {}
    while waiting and len(found.pages) < most_pages:
        origin, path = waiting.pop(0)
        endpoint = endpoint_of(service.app, path, method="GET")
        if path in seen or endpoint is None or counts.get(endpoint, 0) >= _PAGES_PER_ENDPOINT:
            continue
        seen.add(path)
        counts[endpoint] = counts.get(endpoint, 0) + 1
        with counted_statements(service) as statements:
            answer = client.get(path)
        if answer.status_code != 200:
            if origin and answer.status_code not in (302, 303):
                found.dead_links.append((origin, path, answer.status_code))
            continue
        found.pages[path] = len(statements)
        if answer.mimetype == "text/html":
            tree = html5lib.parse(answer.text)
            waiting += [(path, link) for link in _links(tree, path)]
            for form in _forms(service.app, tree, path):
                found.forms.setdefault((form.endpoint, form.names), form)
    return found


def endpoint_of(app: Flask, path: str, *, method: str) -> str | None:
    """The endpoint that answers a path, or None where it is another service's."""
    try:
        endpoint, _ = app.url_map.bind("127.0.0.1").match(urlsplit(path).path, method=method)
    except (HTTPException, RequestRedirect):
        return None
    return None if endpoint == "static" else str(endpoint)


def values_in(app: Flask, paths: Iterable[str]) -> dict[str, set[Any]]:
    """The values that the variable parts of these addresses have, by name: ids of rows that exist."""
    found: dict[str, set[Any]] = {}
    for path in paths:
        for method in ("GET", "POST"):
            try:
                _, values = app.url_map.bind("127.0.0.1").match(urlsplit(path).path, method=method)
            except (HTTPException, RequestRedirect):
                continue
            for name, value in values.items():
                found.setdefault(name, set()).add(value)
    return found


def _entrances(app: Flask) -> list[str]:
    return [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]


def _links(tree: ElementTree.Element, page: str) -> Iterator[str]:
    for element in tree.iter(f"{_HTML}a"):
        target = urlsplit(urljoin(page, element.get("href") or ""))
        if target.scheme in ("", "http") and target.netloc in ("", "127.0.0.1:8080"):
            yield f"{target.path}?{target.query}".rstrip("?")


def _forms(app: Flask, tree: ElementTree.Element, page: str) -> Iterator[FoundForm]:
    outside = [element for element in tree.iter() if element.get("form")]
    for form in tree.iter(f"{_HTML}form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        action = urljoin(page, form.get("action") or page)
        endpoint = endpoint_of(app, action, method="POST")
        if endpoint is None:
            continue
        members = [*form.iter(), *(e for e in outside if e.get("form") == form.get("id") and form.get("id"))]
        fields = tuple(_fields(members))
        yield FoundForm(endpoint, action, tuple((n, v) for n, v, _ in fields), tuple((n, k) for n, _, k in fields))


def _fields(elements: list[ElementTree.Element]) -> Iterator[tuple[str, str, str]]:
    """(name, value, kind of control)."""
    for element in elements:
        name = element.get("name")
        match element.tag.removeprefix(_HTML):
            case "input" | "button" if name:
                yield name, element.get("value") or "", element.get("type") or "text"
            case "textarea" if name:
                yield name, "".join(element.itertext()), "textarea"
            case "select" if name:
                options = [option.get("value") or "" for option in element.iter(f"{_HTML}option")]
                for value in options or [""]:
                    yield name, value, "select"
