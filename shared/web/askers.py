"""Who asks without an account: told apart by address, for limits alone."""

from flask import request


def asker() -> str:
    """The address that the gateway has seen; operations keep no more than its fingerprint."""
    return request.remote_addr or ""


def came_through_gateway() -> bool:
    """Whether the request came from outside. The service's own port is reached by operators and probes alone."""
    return "X-Forwarded-For" in request.headers
