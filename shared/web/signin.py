"""flask-login over the identity cookie, and over API tokens at JSON doors."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request, abort, g, redirect, request
from flask_login import LoginManager, current_user
from werkzeug.datastructures import WWWAuthenticate

from shared.kernel.clock import utc_now
from shared.kernel.errors import TooManyAttempts
from shared.web.context import reading, transaction, web_service
from shared.web.guards import is_api_request
from shared.web.identity import LoadMachine, SignedInMachine, SignedInPerson, token_of

SIGN_IN_PATH = "/sign-in"

#: Who signed up a moment ago may come to a service that has not heard of it yet: the page then says so and waits.
_NEWS_TAKES_AT_MOST = timedelta(minutes=2)


class RequestLogin(LoginManager):
    """flask-login where the request alone says who is asking: neither its session keys nor its own cookie count."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(_load(request))


def init_sign_in(app: Flask) -> None:
    """Who is asking is read from the identity cookie and this service's own copy of the person."""
    manager = RequestLogin()
    manager.unauthorized_handler(_ask_to_sign_in)
    # What `init_app` does, but for the cookie of flask-login that it looks after at every answer.
    app.login_manager = manager  # type: ignore[attr-defined]
    app.context_processor(lambda: {"current_user": current_user._get_current_object()})


def _load(request: Request) -> SignedInPerson | SignedInMachine | None:
    service = web_service()
    if service.load_machine is not None and is_api_request() and "Authorization" in request.headers:
        return _load_machine(request, service.load_machine)
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


def _load_machine(request: Request, load: LoadMachine) -> SignedInMachine | None:
    """Who sends a token is whom the token stands for and nobody else, whatever cookie comes with it."""
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token or g.get("is_database_away"):
        return None
    if g.get("has_asked_too_often"):
        return None  # The answer that says so is written for nobody in particular.
    try:
        with transaction() as session:
            return load(session, given.token, utc_now())
    except TooManyAttempts:
        g.has_asked_too_often = True
        raise


def must_renew_identity() -> bool:
    """Whether the page should ask enrollment for a fresh cookie: this one is half over."""
    identity = getattr(current_user, "identity", None)
    return identity is not None and identity.is_half_over(utc_now())


def _ask_to_sign_in() -> Any:
    if is_api_request():
        abort(401, www_authenticate=WWWAuthenticate("bearer"))
    if g.get("is_news_on_its_way"):
        return abort(503, description="moment")
    target = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(f"{SIGN_IN_PATH}?{urlencode({'next': target})}", 303)


def safe_next(value: str | None, *, default: str = "/") -> str:
    """Where to go after signing in: a path of this site, never another one's address."""
    if not value or not value.startswith("/") or value.startswith(("//", "/\\")) or "\\" in value:
        return default
    return value if value.isprintable() else default
