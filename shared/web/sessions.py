"""Cookies, and Flask's signed session in one of them, without the work that a request without any does not need."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property

_NO_COOKIES: ImmutableMultiDict[str, str] = ImmutableMultiDict()


class ServiceRequest(Request):
    """A request whose cookies are not looked for where none came."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """The cookies by name."""
        return super().cookies if "HTTP_COOKIE" in self.environ else _NO_COOKIES


class CookieSessions(SecureCookieSessionInterface):
    """The same cookie in the same form; no signer is made to read or write none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds; empty where there is none, or one that is not ours."""
        if app.config["SESSION_COOKIE_NAME"] in request.cookies:
            return super().open_session(app, request)
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie where something in it changed; sessions that nobody looked at have not."""
        if session.accessed:
            super().save_session(app, session, response)
