"""What every answer and every request must bear, whatever the page.

Forms carry no CSRF token: a page that was left open overnight, or kept by a phone, must still work. Browsers say where
a request comes from (Sec-Fetch-Site, W3C Fetch Metadata; Origin where they don't), and what comes from elsewhere is
refused. docs/decisions/0004-no-csrf-tokens.md.
"""

from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

from shared.config import Settings
from shared.web.guards import OPEN_TO_OTHER_SITES
from shared.web.headers import with_headers

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

#: Bytes of a request; files go from the browser to S3, so only the way without JavaScript needs this much.
LARGEST_REQUEST = 25 * 1024 * 1024


def init_security(app: Flask, settings: Settings) -> None:
    """Refuse unsafe requests from other sites; give every answer its headers."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=500,
        SESSION_COOKIE_NAME=f"__Host-memo_{settings.service}" if settings.is_https else f"memo_{settings.service}",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.before_request(refuse_foreign_writes)
    app.wsgi_app = with_headers(app.wsgi_app)  # type: ignore[assignment, method-assign]


def refuse_foreign_writes() -> None:
    """403 for a write that another site's page makes a browser send."""
    if request.method in _SAFE_METHODS or _is_open_to_other_sites():
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and _host_of(origin) != request.host:
        abort(403)


def _is_open_to_other_sites() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, OPEN_TO_OTHER_SITES, False)


def _host_of(origin: str) -> str | None:
    """Host and port of an origin; None where it is no address at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
