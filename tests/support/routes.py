"""The addresses of a service, read from its own map of routes, so that a new view is tested from its first day."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import AnyConverter, BaseConverter, Rule

UNKNOWN_ID = "0190e5a0-0000-7000-8000-000000000001"
_EXAMPLES = {"UUIDConverter": UNKNOWN_ID, "IntegerConverter": "1"}
_WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True)
class Route:
    """One method at one address, with example values for the variable parts."""

    method: str
    path: str
    endpoint: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes_of(app: Flask) -> Iterator[Route]:
    """Every route but the built files, each method once; HEAD and OPTIONS come from Flask."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            path = _example(app, rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield Route(method, path, rule.endpoint)


def writing_routes(app: Flask) -> list[Route]:
    """The routes that change something."""
    return [route for route in routes_of(app) if route.method in _WRITING]


def reading_routes(app: Flask) -> list[Route]:
    """The routes that only show something."""
    return [route for route in routes_of(app) if route.method == "GET"]


def _example(app: Flask, rule: Rule) -> str:
    values = {name: example_of(converter) for name, converter in rule._converters.items()}
    with app.test_request_context():
        built = rule.build(values)
    assert built is not None
    return str(built[1])


def example_of(converter: BaseConverter) -> str:
    """A value that the variable part of an address can have."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return _EXAMPLES.get(type(converter).__name__, "x")
