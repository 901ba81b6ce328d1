"""The language of a page: the person's switch, else their account's, else the browser's, else German."""

from functools import lru_cache

from flask import Blueprint, Flask, Response, redirect, request
from flask_babel import Babel
from flask_login import current_user
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from shared.ui import LANGUAGES
from shared.ui import TRANSLATIONS as SHARED_TRANSLATIONS
from shared.web.context import resources
from shared.web.guards import public
from shared.web.signin import safe_next

COOKIE = "memo_language"
_A_YEAR = 365 * 24 * 3600
_BY_CODE = {language.code: language for language in LANGUAGES}
_DEFAULT = "de"

blueprint = Blueprint("language", __name__)


def init_language(app: Flask, *, translations: str) -> None:
    """Catalogues: the shared one first, the service's own last, which wins (flask-babel lets the last one win)."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{SHARED_TRANSLATIONS};{translations}"
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    Babel(app, locale_selector=lambda: _BY_CODE[current_language()].locale, default_timezone="Europe/Berlin")


def current_language() -> str:
    """The code of the page's language, as in LANGUAGES."""
    cookies = request.cookies
    if not cookies:
        return _of_browser(request.headers.get("Accept-Language", ""))  # Nobody has signed in without one.
    chosen = cookies.get(COOKIE)
    if chosen in _BY_CODE:
        return chosen
    own = getattr(current_user, "language", None)
    if own in _BY_CODE:
        return str(own)
    return _of_browser(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=512)
def _of_browser(accepted: str) -> str:
    """The best of our languages for what a browser sends; there are few such sentences, and each page asks twice."""
    return parse_accept_header(accepted, LanguageAccept).best_match(list(_BY_CODE)) or _DEFAULT


@blueprint.post("/language")
@public
def switch() -> Response:
    """Remember the language in this browser and go back to the page."""
    response = redirect(safe_next(request.form.get("next")), 303)
    chosen = request.form.get("to", "")
    if chosen in _BY_CODE:
        response.set_cookie(
            COOKIE, chosen, max_age=_A_YEAR, secure=resources().settings.is_https, samesite="Lax", httponly=True
        )
    return response  # type: ignore[return-value]
