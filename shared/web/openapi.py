"""What the OpenAPI document says beyond single operations: who may come in, how errors look, what repeats are worth."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask

from shared.web.guards import GUARD

PROBLEM_TYPE = "application/problem+json"
_PROBLEM_CONTENT = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}

_METHODS = frozenset({"get", "post", "put", "patch", "delete"})
_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "The same key gets the same answer for a day, and nothing happens twice",
}

_TOKEN = {"type": "http", "scheme": "bearer", "description": "An API token with a scope that holds `x-permission`"}

#: Guards of views by (method, path as OpenAPI writes it): "public", "signed_in" or a permission.
Guards = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Operation:
    """One operation as the readable page lists it. Parameters are (name, place, meaning); answers (status, meaning)."""

    method: str
    path: str
    summary: str
    guard: str
    parameters: list[tuple[str, str, str]]
    answers: list[tuple[str, str]]


def guards_of(app: Flask) -> dict[tuple[str, str], str]:
    """Who may come in, for every method of every address."""
    found = {}
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], GUARD, "public")
        for method in rule.methods or ():
            found[method.lower(), _VARIABLE.sub(r"{\1}", rule.rule)] = guard
    return found


def complete(document: dict[str, Any], *, guards: Guards, cookie: str, has_tokens: bool) -> dict[str, Any]:
    """The document with doors, errors and idempotency at every operation. Changes and returns what it is given.

    `has_tokens`: whether machines may come with an API token instead of the cookie.
    """
    components = document.setdefault("components", {})
    components["securitySchemes"] = {
        "identity": {"type": "apiKey", "in": "cookie", "name": cookie, "description": "Set by signing in"}
    }
    ways: list[dict[str, list[str]]] = [{"identity": []}]
    if has_tokens:
        components["securitySchemes"]["token"] = _TOKEN
        ways.append({"token": []})
    statuses: set[int] = set()
    for path, method, operation in _operations(document):
        guard = guards.get((method, path), "public")
        errors = _errors(operation, path=path, method=method, guard=guard)
        for status in errors:
            described = operation["responses"].setdefault(str(status), _reference(HTTPStatus(status).name))
            if "content" in described:
                described["content"].update(_PROBLEM_CONTENT)
        statuses |= errors
        operation["security"] = [] if guard == "public" else ways
        operation["x-permission"] = guard
        if method == "post":
            operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
        operation["responses"] = dict(sorted(operation["responses"].items()))
    names = {HTTPStatus(status).name: HTTPStatus(status).phrase for status in statuses}
    components["responses"] = {
        name: _problem(description) for name, description in {**names, "DEFAULT_ERROR": "Any other error"}.items()
    }
    return document


def operations_of(document: Mapping[str, Any]) -> dict[str, list[Operation]]:
    """The operations for the readable page, by what they are about."""
    meanings = {tag["name"]: tag.get("description") or tag["name"] for tag in document.get("tags", [])}
    groups: dict[str, list[Operation]] = {}
    for path, method, operation in _operations(document):
        tag = next(iter(operation.get("tags", [])), "")
        groups.setdefault(meanings.get(tag, tag), []).append(_listed(document, path, method, operation))
    return groups


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document.get("paths", {}).items():
        for method, operation in methods.items():
            if method in _METHODS:
                yield path, method, operation


def _errors(operation: Mapping[str, Any], *, path: str, method: str, guard: str) -> set[int]:
    """Which errors an operation of this kind can answer."""
    errors = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
    if guard != "public":
        errors |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
    if "{" in path:
        errors |= {HTTPStatus.NOT_FOUND}
    if method != "get":
        errors |= {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}
    if operation.get("parameters"):
        errors |= {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}
    if "requestBody" in operation:
        errors |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    return {int(status) for status in errors}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{name}"}


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": _PROBLEM_CONTENT}


def _listed(document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    shared = document["paths"][path].get("parameters", [])
    parameters = [
        (p["name"], p["in"], p.get("description") or p.get("schema", {}).get("format") or p["schema"].get("type", ""))
        for p in (*shared, *operation.get("parameters", []))
    ]
    return Operation(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        guard=operation.get("x-permission", ""),
        parameters=parameters + _body(document, operation),
        answers=[
            (status, _resolved(document, answer).get("description", ""))
            for status, answer in operation["responses"].items()
        ],
    )


def _body(document: Mapping[str, Any], operation: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    content = operation.get("requestBody", {}).get("content", {})
    found = []
    for kind in content.values():
        schema = _resolved(document, kind.get("schema", {}))
        for name, field in schema.get("properties", {}).items():
            found.append((name, "body", str(field.get("description") or field.get("type", ""))))
    return found


def _resolved(document: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in part:
        return part
    found: Any = document
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    resolved: Mapping[str, Any] = found
    return resolved
