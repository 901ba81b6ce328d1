"""Signing in: four ways on one page, none of which can be locked by somebody who guesses at another."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.domain.passkeys import address_for_passkeys, passkey_site
from services.enrollment.domain.sign_in import LINK_REQUESTS, PASSWORD_GUESSES, SLIP_GUESSES
from services.enrollment.operations.links import redeem_sign_in_link, request_sign_in_link
from services.enrollment.operations.people import sign_out_everywhere
from services.enrollment.operations.sign_in import (
    sign_in_with_password,
    sign_in_with_slip_code,
    sign_in_with_words,
)
from services.enrollment.web import guesses
from services.enrollment.web.current_person import enter, leave
from services.enrollment.web.schemas.sign_in import LinkSchema, PasswordSchema, SlipSchema
from shared.kernel.clock import utc_now
from shared.kernel.ids import normalise_code
from shared.web import current_actor, public, resources, signed_in, transaction
from shared.web.forms import Form
from shared.web.language import current_language
from shared.web.signin import safe_next

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@public
def show() -> Any:
    """All ways to sign in."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")), 303)
    return _page()


@blueprint.post("/sign-in")
@public
def by_password() -> Any:
    """By address or personal code, and password."""
    form = Form.submitted(PasswordSchema())
    if form.valid:
        name, password = form.values["name"], form.values["password"]
        with form.catching():
            guesses.count(PASSWORD_GUESSES, _account(name))
            with transaction() as session:
                signed = sign_in_with_password(session, name=name, password=password, now=utc_now())
                guesses.forget(session, PASSWORD_GUESSES, _account(name))
    return enter(signed, _target()) if form.valid else _page(password_form=form)


@blueprint.post("/sign-in/slip")
@public
def by_words() -> Any:
    """By personal code and four words."""
    form = Form.submitted(SlipSchema())
    if form.valid:
        code, words = form.values["code"], form.values["words"]
        with form.catching():
            guesses.count(SLIP_GUESSES, _account(code))
            with transaction() as session:
                signed = sign_in_with_words(session, code=code, words=words, now=utc_now())
                guesses.forget(session, SLIP_GUESSES, _account(code))
    return enter(signed, _target()) if form.valid else _page(slip_form=form)


@blueprint.post("/sign-in/link")
@public
def ask_for_link() -> Any:
    """Send a one-time link; the answer is the same for every address."""
    form = Form.submitted(LinkSchema())
    if form.valid:
        email = form.values["email"]
        with form.catching():
            guesses.count(LINK_REQUESTS, email)
            with transaction() as session:
                request_sign_in_link(
                    session, email=email, next_path=_target(), language=current_language(), now=utc_now()
                )
    if not form.valid:
        return _page(link_form=form)
    return redirect(url_for("sign_in.link_sent"), 303)


@blueprint.get("/sign-in/link-sent")
@public
def link_sent() -> str:
    """What happens now, and what to do when nothing arrives."""
    return render_template("enrollment/sign_in/link_sent.html")


@blueprint.get("/links/sign-in/<secret>")
@public
def show_link(secret: str) -> Any:
    """One button: mail programs open links by themselves, and must not use this one up."""
    return _secret_page("enrollment/sign_in/by_link.html", action=url_for("sign_in.by_link", secret=secret))


@blueprint.post("/links/sign-in/<secret>")
@public
def by_link(secret: str) -> Any:
    """Sign in by a link; an old or used one leads to a new one."""
    form = Form.submitted(PasswordSchema(only=()))
    with form.catching(), transaction() as session:
        signed = redeem_sign_in_link(session, secret=secret, now=utc_now())
    if not form.valid:
        return render_template("enrollment/sign_in/link_unusable.html", form=form, next=_target()), 422
    return enter(signed, _target())


@blueprint.get("/slip/<secret>")
@public
def show_slip(secret: str) -> Any:
    """One button, as for a link."""
    return _secret_page("enrollment/sign_in/by_slip.html", action=url_for("sign_in.by_slip", secret=secret))


@blueprint.post("/slip/<secret>")
@public
def by_slip(secret: str) -> Any:
    """Sign in by the QR code of a slip; a void one leads to the board and to the other ways."""
    form = Form.submitted(PasswordSchema(only=()))
    with form.catching(), transaction() as session:
        signed = sign_in_with_slip_code(session, secret=secret, now=utc_now())
    if not form.valid:
        return render_template("enrollment/sign_in/slip_unusable.html", form=form), 422
    return enter(signed, "/")


@blueprint.post("/sign-out")
@public
def sign_out() -> Response:
    """Sign out in this browser."""
    flash(_("You are signed out."), "success")
    return leave("/")


@blueprint.post("/sign-out/everywhere")
@signed_in
def everywhere() -> Response:
    """Sign out in every browser."""
    with transaction() as session:
        sign_out_everywhere(session, actor=current_actor(), now=utc_now())
    flash(_("You are signed out on all devices."), "success")
    return leave("/sign-in")


def _page(
    *, password_form: Form | None = None, link_form: Form | None = None, slip_form: Form | None = None
) -> tuple[str, int]:
    base_url = resources().settings.base_url
    failed = password_form or link_form or slip_form
    page = render_template(
        "enrollment/sign_in/page.html",
        failed=failed,
        password_form=password_form or Form.empty(PasswordSchema()),
        link_form=link_form or Form.empty(LinkSchema()),
        slip_form=slip_form or Form.empty(SlipSchema()),
        is_slip_open=slip_form is not None or request.args.get("way") == "slip",
        has_passkeys=passkey_site(base_url, host=request.host) is not None,
        passkey_address=address_for_passkeys(base_url),
        next=_target(),
    )
    return page, 422 if failed else 200


def _secret_page(template: str, *, action: str) -> Response:
    """A page whose address is a secret: not kept, and not told to the next site."""
    response = Response(render_template(template, action=action, next=_target()))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _target() -> str:
    return safe_next(request.values.get("next"))


def _account(name: str) -> str:
    """One account is counted under one name, however its code is typed."""
    return name.strip().lower() if "@" in name else normalise_code(name)
