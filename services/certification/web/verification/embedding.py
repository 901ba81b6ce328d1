"""The answer on somebody else's page: a small picture or a frame. Neither sets a cookie nor counts who sees it."""

from flask import make_response, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from services.certification.operations.verification import PassVerification
from services.certification.web.verification.door import blueprint, find
from services.certification.web.verification.showing import told_of
from shared.kernel.errors import NotFound
from shared.ui import LANGUAGES
from shared.web import public

_FRESHNESS = "public, max-age=300"
_FRAME_POLICY = "default-src 'none'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"
_LOCALES = {language.code: language for language in LANGUAGES}
_COLOURS = {"success": "#1f6337", "warning": "#7a4a00", "danger": "#a5211d", "neutral": "#4a585b", "info": "#1c5380"}
_LONGEST_TITLE = 34


@blueprint.get("/<typed>/badge.svg")
@public
def badge(typed: str) -> AnyResponse:
    """The answer as a small picture, in the language that the address names (?lang=)."""
    drawing, status = _drawing(typed)
    response = make_response(drawing, status)
    response.content_type = "image/svg+xml"
    if status == 200:
        response.headers["Cache-Control"] = _FRESHNESS
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/<typed>/embed")
@public
def embed(typed: str) -> AnyResponse:
    """The answer as a page that any site may show in a frame; it holds the picture and a link, and no script."""
    drawing, status = _drawing(typed)
    page = render_template("certification/verify/embed.html", drawing=drawing, typed=typed, lang=_language())
    response = make_response(page, status)
    if status == 200:
        response.headers["Cache-Control"] = _FRESHNESS
        response.headers["Content-Security-Policy"] = _FRAME_POLICY
    return response


def _drawing(typed: str) -> tuple[str, int]:
    language = _LOCALES[_language()]
    with force_locale(language.locale):
        try:
            found = find(typed)
        except NotFound:
            return _drawn(_("Not known"), "danger", "", direction=language.direction), 404
        told = told_of(found)
        title = found.association_name if isinstance(found, PassVerification) else found.level_title
        return _drawn(told.word, told.tone, _short(title), direction=language.direction), 200


def _drawn(word: str, tone: str, title: str, *, direction: str) -> str:
    return render_template(
        "certification/verify/badge.svg", word=word, colour=_COLOURS[tone], tone=tone, title=title, direction=direction
    )


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _language() -> str:
    """A cache keeps one picture for everybody, so the language stands in the address; German where it does not."""
    asked = request.args.get("lang", "de")
    return asked if asked in _LOCALES else "de"
