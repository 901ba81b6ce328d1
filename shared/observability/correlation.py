"""One id that follows a request through logs, outbox rows, queues and other services' logs."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import structlog


def current_trace() -> dict[str, str]:
    """What travels in an envelope's `trace`: the correlation id, where there is one."""
    correlation_id = structlog.contextvars.get_contextvars().get("correlation_id")
    return {"correlation_id": correlation_id} if correlation_id else {}


def begin_trace(**facts: str) -> None:
    """Forget what a thread's last request left behind and begin a new correlation id."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(correlation_id=uuid4().hex, **facts)


@contextmanager
def correlated(trace: dict[str, str] | None = None, **facts: str) -> Iterator[str]:
    """Give every log line inside the correlation id of `trace`, or a new one, and the further facts (ids only)."""
    correlation_id = (trace or {}).get("correlation_id") or uuid4().hex
    with structlog.contextvars.bound_contextvars(correlation_id=correlation_id, **facts):
        yield correlation_id
