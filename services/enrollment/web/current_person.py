"""Who is asking, as enrollment knows them; and the identity cookie, which enrollment alone sets."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Flask, Response, make_response, redirect, request
from flask_login import current_user

from services.enrollment.domain.sign_in import SESSION_LIFE, SignedIn, SignInMethod
from services.enrollment.operations.identity import issue_token, renew_token, signed_in_since
from services.enrollment.queries.people import find_active_person, grants_of
from shared.db import Session
from shared.kernel.actor import Actor
from shared.kernel.clock import utc_now
from shared.web import SignedInPerson, reading, resources
from shared.web.identity import Identity, cookie_name, token_of


def load_person(session: Session, person_id: UUID) -> SignedInPerson | None:
    """The person of an identity cookie; None where the account was closed."""
    person = find_active_person(session, person_id)
    if person is None:
        return None
    return SignedInPerson(
        id=person.id,
        display_name=person.full_name,
        language=person.language,
        session_version=person.session_version,
        actor=Actor(person_id=person.id, grants=grants_of(session, person.id)),
    )


def enter(signed_in: SignedIn, target: str) -> Response:
    """Answer a sign-in: the cookie, and on to the page; staff who still lack a second factor are led to it."""
    with reading() as session:
        person = load_person(session, signed_in.person_id)
    needs_second = person is not None and person.actor.is_staff and not _is_strong(signed_in)
    response = make_response(redirect(f"/second-factor?{urlencode({'next': target})}" if needs_second else target, 303))
    _set_cookie(response, issue_token(signed_in, private_key=_private_key(), now=utc_now()).value)
    return response


def strengthen(identity: Identity, method: SignInMethod, target: str) -> Response:
    """Answer a second factor: the same sign-in, with one way more."""
    signed_in = _signed_in(identity, method)
    since = signed_in_since(token_of(request, resources().settings) or "")
    response = make_response(redirect(target, 303))
    _set_cookie(response, issue_token(signed_in, private_key=_private_key(), now=utc_now(), since=since).value)
    return response


def leave(target: str) -> Response:
    """Answer a sign-out."""
    response = make_response(redirect(target, 303))
    settings = resources().settings
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.is_https, httponly=True, samesite="Lax")
    return response


def init_renewal(app: Flask) -> None:
    """Renew an identity cookie that is half over, while its owner keeps coming."""

    @app.after_request
    def renew(response: Response) -> Response:
        name = cookie_name(resources().settings)
        is_set = any(line.startswith(f"{name}=") for line in response.headers.getlist("Set-Cookie"))
        identity = None if is_set or request.endpoint == "static" else getattr(current_user, "identity", None)
        token = token_of(request, resources().settings)
        if identity is not None and token:
            fresh = renew_token(
                _signed_in(identity),
                token=token,
                issued_at=identity.issued_at,
                private_key=_private_key(),
                now=utc_now(),
            )
            if fresh is not None:
                _set_cookie(response, fresh.value)
        return response


def _signed_in(identity: Identity, *more: SignInMethod) -> SignedIn:
    methods = frozenset({*(SignInMethod(method.value) for method in identity.methods), *more})
    return SignedIn(identity.person_id, identity.session_version, methods)


def _is_strong(signed_in: SignedIn) -> bool:
    return bool(signed_in.methods & {SignInMethod.PASSKEY, SignInMethod.ONE_TIME_CODE})


def _private_key() -> str:
    return str(resources().settings.identity_private_key)


def _set_cookie(response: Response, token: str) -> None:
    settings = resources().settings
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=int(SESSION_LIFE.total_seconds()),
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )
