"""flask-login over the identity cookie."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request, abort, g, redirect, request
from flask_login import LoginManager

from shared.kernel.clock import utc_now
from shared.web.context import reading, web_service
from shared.web.guards import is_api_request
from shared.web.identity import SignedInPerson, token_of

SIGN_IN_PATH = "/sign-in"

#: Who signed up a moment ago may come to a service that has not heard of it yet: the page then says so and waits.
_NEWS_TAKES_AT_MOST = timedelta(minutes=2)


def init_sign_in(app: Flask) -> None:
    """Who is asking is read from the identity cookie and this service's own copy of the person."""
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(_load)
    manager.unauthorized_handler(_ask_to_sign_in)
    manager.init_app(app)


def _load(request: Request) -> SignedInPerson | None:
    service = web_service()
    token = token_of(request, service.resources.settings)
    identity = service.identity_keys.verify(token, now=utc_now()) if token else None
    if identity is None or g.get("is_database_away"):
        return None
    with reading() as session:
        person = service.load_person(session, identity.person_id)
    if person is None:
        g.is_news_on_its_way = utc_now() - identity.issued_at < _NEWS_TAKES_AT_MOST
        return None
    if identity.session_version < person.session_version:
        return None
    return person.signed_in_by(identity)


def _ask_to_sign_in() -> Any:
    if is_api_request():
        abort(401)
    if g.get("is_news_on_its_way"):
        return abort(503, description="moment")
    target = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(f"{SIGN_IN_PATH}?{urlencode({'next': target})}", 303)


def safe_next(value: str | None, *, default: str = "/") -> str:
    """Where to go after signing in: a path of this site, never another one's address."""
    if not value or not value.startswith("/") or value.startswith(("//", "/\\")) or "\\" in value:
        return default
    return value if value.isprintable() else default
