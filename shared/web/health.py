"""Is it alive, is it ready, how is it doing: for the runner, the cluster and dashboards; never through the gateway."""

import time
from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Blueprint, Flask, Response, g, jsonify, request
from kombu import Connection
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from shared.kernel.clock import utc_now
from shared.messaging import receipts
from shared.web.context import reading, resources
from shared.web.guards import public

#: A service whose oldest message has waited longer is behind: it still serves, but operators must look.
OLDEST_PENDING_SECONDS = 300
#: Whoever sends words of their own as a method makes no further series by it.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Database, broker and storage answer, and no message waits too long."""
    checks = {
        "database": _check(_database),
        "broker": _check(_broker),
        "storage": _check(_storage),
        "messages": _check(_messages),
    }
    is_ready = all(verdict == "ok" for verdict in checks.values())
    return jsonify(status="ready" if is_ready else "not ready", checks=checks), 200 if is_ready else 503


def _check(probe: Callable[[], None]) -> str:
    try:
        probe()
    except Exception as error:  # A probe says what it saw, whatever it was.
        return type(error).__name__
    return "ok"


def _database() -> None:
    with reading() as session:
        session.connection()


def _storage() -> None:
    resources().documents.check()


def _broker() -> None:
    with Connection(resources().settings.broker_url, connect_timeout=2) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)


def _messages() -> None:
    with reading() as session:
        backlog = receipts.backlog(session, now=utc_now())
    if backlog.oldest_pending_seconds > OLDEST_PENDING_SECONDS or backlog.parked_outgoing or backlog.parked_incoming:
        raise MessagesBehind


class MessagesBehind(Exception):
    """Messages wait too long, or were parked."""


def init_metrics(app: Flask) -> None:
    """Count and time requests by endpoint; /metrics shows them with the backlog of messages."""
    registry = CollectorRegistry()
    requests = Counter("memo_requests", "Requests", ["endpoint", "method", "status"], registry=registry)
    seconds = Histogram("memo_request_seconds", "Time to answer", ["endpoint"], registry=registry)
    gauges = {
        name: Gauge(f"memo_messages_{name}", f"Messages: {name}", registry=registry)
        for name in ("pending", "oldest_pending_seconds", "parked_outgoing", "parked_incoming")
    }

    @app.before_request
    def start() -> None:
        g.started = time.monotonic()

    @app.after_request
    def count(response: Response) -> Response:
        method = request.method if request.method in _METHODS else "other"
        counted, timed = series(request.endpoint or "none", method, response.status_code)
        counted.inc()
        timed.observe(time.monotonic() - g.get("started", time.monotonic()))
        return response

    @cache
    def series(endpoint: str, method: str, status: int) -> tuple[Counter, Histogram]:
        return requests.labels(endpoint, method, status), seconds.labels(endpoint)

    @public
    def metrics() -> Any:
        with reading() as session:
            backlog = receipts.backlog(session, now=utc_now())
        for name, gauge in gauges.items():
            gauge.set(getattr(backlog, name))
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    app.add_url_rule("/metrics", "metrics", metrics)
