"""From what went wrong to an answer: a page for people, application/problem+json (RFC 9457) for programs."""

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import structlog
from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from shared.kernel.errors import DomainError, SecondFactorNeeded, TooManyAttempts, Unavailable
from shared.observability.logs import get_logger
from shared.web.context import web_service
from shared.web.guards import is_api_request
from shared.web.sentences import spoken, status_of

logger = get_logger(__name__)

SECOND_FACTOR_PATH = "/second-factor"


def init_errors(app: Flask) -> None:
    """Register the outermost answers."""
    app.register_error_handler(DomainError, answer_refusal)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(OperationalError, answer_unavailable)
    app.register_error_handler(PoolTimeout, answer_unavailable)
    for unusable in (DataError, UnicodeEncodeError, RecursionError):
        app.register_error_handler(unusable, answer_unusable)
    app.register_error_handler(Exception, answer_unexpected)


def answer_refusal(error: DomainError) -> Response:
    """A refusal that no form has caught."""
    if isinstance(error, SecondFactorNeeded) and not is_api_request():
        return _to_second_factor()
    sentence = spoken(error, web_service().sentences)
    response = answer(status_of(error), detail=sentence, kind=type(error).__name__)
    if isinstance(error, Unavailable):
        logger.warning("unavailable", error=type(error).__name__)
        response.headers["Retry-After"] = "60"
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def answer_http_error(error: HTTPException) -> Response:
    """What Flask and Werkzeug raise: 404, 405, 413 …"""
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    if error.code == HTTPStatus.SERVICE_UNAVAILABLE and error.description == "moment":
        return _moment()
    messages = getattr(error, "data", {}).get("messages") if hasattr(error, "data") else None
    response = answer(error.code, detail=None, problems=messages)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers.setdefault(name, value)
    return response


def answer_unavailable(error: Exception) -> Response:
    """The database is away or overrun, or a row stayed locked: nothing was changed, trying again is right."""
    logger.warning("database_unavailable", error=type(error).__name__)
    g.is_database_away = True  # The page is shown to nobody in particular: who is asking cannot be looked up.
    response = answer(HTTPStatus.SERVICE_UNAVAILABLE, detail=None)
    response.headers["Retry-After"] = "5"
    return response


def answer_unusable(error: Exception) -> Response:
    """What was sent can't be stored or read at all: a zero byte, half a character, a number without end.

    The last net under the schemas, for addresses above all; whatever falls into it is logged.
    """
    logger.warning("unusable_request", error=type(error).__name__, exc_info=True)
    return answer(HTTPStatus.BAD_REQUEST, detail=None)


def answer_unexpected(error: Exception) -> Response:
    """A fault of ours: logged once with an id, which the page shows."""
    logger.error("unexpected_error", error=type(error).__name__, exc_info=True)
    if current_app.testing:
        raise error
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, detail=None)


def answer(status: int, *, detail: str | None, kind: str | None = None, problems: Any = None) -> Response:
    """The answer in the form that the asker reads. `problems`: field -> sentences."""
    trace = structlog.contextvars.get_contextvars().get("correlation_id") or uuid4().hex
    if is_api_request() or request.headers.get("X-Autosave"):
        return problem(status, detail=detail, kind=kind, problems=problems, trace=trace)
    page = render_template("ui/error.html", status=status, text=detail, trace=trace)
    return make_response(page, status)


def problem(
    status: int, *, detail: str | None, kind: str | None = None, problems: Any = None, trace: str | None = None
) -> Response:
    """An application/problem+json answer."""
    body: dict[str, Any] = {
        "type": f"urn:memo:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
    }
    if detail:
        body["detail"] = detail
    if problems:
        body["errors"] = problems
    if trace:
        body["instance"] = f"urn:memo:trace:{trace}"
    # Sentences of schemas are translated when they are written, so they are no plain strings yet.
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(text, status=status, content_type="application/problem+json")


def _to_second_factor() -> Response:
    target = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return make_response(redirect(f"{SECOND_FACTOR_PATH}?{urlencode({'next': target})}", 303))


def _moment() -> Response:
    response = make_response(render_template("ui/moment.html"), HTTPStatus.OK)
    response.headers["Refresh"] = "2"
    response.headers["Cache-Control"] = "no-store"
    return response
