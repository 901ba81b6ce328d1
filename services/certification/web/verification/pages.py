"""The pages of a number: the answer first, then why."""

from datetime import datetime
from functools import lru_cache

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.numbers import read_number
from services.certification.operations import verification
from services.certification.operations.verification import PassVerification
from services.certification.web.schemas.verification import NameSchema, UploadSchema
from services.certification.web.verification.door import Found, blueprint, find, not_found
from services.certification.web.verification.showing import certificate_page, pass_page
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.web import public, transaction
from shared.web.askers import asker
from shared.web.forms import Form
from shared.web.htmx import wants_part
from shared.web.language import current_language


@blueprint.get("/")
@public
def start() -> AnyResponse:
    """Type a number, scan a code, or hand in a file."""
    typed = request.args.get("number", "").strip()[:200]
    if not typed:
        return make_response(render_template("certification/verify/start.html", form=Form.empty(UploadSchema())))
    number = number_in(typed)
    if number is None:
        return not_found(typed)
    return redirect(url_for("verification.show", typed=number))


@blueprint.get("/<typed>")
@public
def show(typed: str) -> AnyResponse:
    """What can be said about a certificate or pass."""
    number = read_number(typed)
    if number is not None and number != typed:
        return redirect(url_for("verification.show", typed=number))
    try:
        found = find(typed)
    except NotFound:
        return not_found(typed)
    # What follows from the facts and the reader's choices alone is written once a minute, and handed out again.
    if _is_anybody():
        language, theme = current_language(), request.cookies.get("memo_theme")
        return make_response(_page_for_anybody(found, language, theme, _this_minute()))
    return make_response(page_of(found))


@blueprint.post("/<typed>/name")
@public
def compare(typed: str) -> AnyResponse:
    """Whether the certificate is of somebody of the name that was typed."""
    form = Form.submitted(NameSchema())
    answer: bool | None = None
    try:
        if form.valid:
            with form.catching(), transaction() as session:
                answer = verification.compare_name(
                    session, typed_number=typed, name=form.values["name"], asker=asker(), now=utc_now()
                )
        status = 200 if form.valid else 422
        if wants_part():
            part = render_template("certification/verify/_name.html", form=form, answer=answer, number=typed)
            return make_response(part, status)
        return make_response(page_of(find(typed), form, answer=answer), status)
    except NotFound:
        return not_found(typed)


def page_of(found: Found, form: Form | None = None, *, answer: bool | None = None) -> str:
    """The page of a certificate or pass."""
    if isinstance(found, PassVerification):
        return pass_page(found)
    return certificate_page(found, form or Form.empty(NameSchema()), answer=answer)


def number_in(typed: str) -> str | None:
    """The number that was typed, or that stands at the end of a pasted address of a page like this."""
    if any(sign in typed for sign in '{["<~'):
        return None  # A pasted credential; it may end with the address of its own page.
    address = typed.partition("?")[0].partition("#")[0].rstrip("/")
    return read_number(typed) or read_number(address.rpartition("/")[2])


@lru_cache(maxsize=128)
def _page_for_anybody(found: Found, language: str, theme: str | None, minute: datetime) -> bytes:
    """The page as everybody without an account sees it; the arguments are all that it depends on."""
    return page_of(found).encode()


def _is_anybody() -> bool:
    """Whether nothing on the page depends on who asks: no account, no message that waits to be shown."""
    cookies = request.cookies
    if not cookies:
        return True
    return str(current_app.config["SESSION_COOKIE_NAME"]) not in cookies and not current_user.is_authenticated


def _this_minute() -> datetime:
    return utc_now().replace(second=0, microsecond=0)
