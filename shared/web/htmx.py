"""htmx swaps parts that the whole page also includes."""

from flask import request


def wants_part() -> bool:
    """Whether htmx asks for a part; a page restored from history wants the whole."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"
