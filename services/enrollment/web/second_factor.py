"""The second factor: given after signing in, set up before that, replaced by recovery codes when the phone is lost."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.domain.passkeys import address_for_passkeys, passkey_site
from services.enrollment.domain.second_factor import show_recovery_code
from services.enrollment.domain.sign_in import SECOND_FACTOR_GUESSES, SignInMethod
from services.enrollment.operations import second_factor
from services.enrollment.operations.qr_codes import qr_code
from services.enrollment.queries.credentials import WaysIn, ways_in
from services.enrollment.queries.people import get_person
from services.enrollment.web import guesses
from services.enrollment.web.current_person import strengthen
from services.enrollment.web.schemas.sign_in import SecondFactorSchema
from shared.kernel.clock import utc_now
from shared.kernel.errors import Conflict
from shared.web import current_actor, reading, resources, signed_in, transaction
from shared.web.forms import Form
from shared.web.signin import safe_next

blueprint = Blueprint("second_factor", __name__, url_prefix="/second-factor")


@blueprint.get("")
@signed_in
def show() -> Any:
    """Ask for the second factor, or lead to setting one up."""
    if current_actor().has_second_factor:
        return redirect(_target(), 303)
    return _page(Form.empty(SecondFactorSchema()), 200)


@blueprint.post("")
@signed_in
def give() -> Any:
    """Check the code; staff roles count from then on."""
    form = Form.submitted(SecondFactorSchema())
    if form.valid:
        with form.catching():
            guesses.count(SECOND_FACTOR_GUESSES, str(current_user.id))
            with transaction() as session:
                method = second_factor.give_second_factor(
                    session, actor=current_actor(), code=form.values["code"], key=_key(), now=utc_now()
                )
                guesses.forget(session, SECOND_FACTOR_GUESSES, str(current_user.id))
    return strengthen(current_user.identity, method, _target()) if form.valid else _page(form, 422)


@blueprint.get("/set-up")
@signed_in
def set_up() -> Any:
    """Show the QR code for the app."""
    return _set_up_page(Form.empty(SecondFactorSchema()), 200)


@blueprint.post("/set-up")
@signed_in
def confirm() -> Any:
    """The first code puts the app to use; the recovery codes are shown once."""
    form = Form.submitted(SecondFactorSchema())
    if form.valid:
        with form.catching():
            guesses.count(SECOND_FACTOR_GUESSES, str(current_user.id))
            with transaction() as session:
                codes = second_factor.confirm_authenticator(
                    session, actor=current_actor(), code=form.values["code"], key=_key(), now=utc_now()
                )
                method = SignInMethod.ONE_TIME_CODE
    if not form.valid:
        return _set_up_page(form, 422)
    response = strengthen(current_user.identity, method, _target())
    return _shown_once(codes, cookies=response.headers.getlist("Set-Cookie"))


@blueprint.post("/recovery-codes")
@signed_in
def renew_codes() -> Response:
    """New recovery codes, shown once."""
    with transaction() as session:
        codes = second_factor.renew_recovery_codes(session, actor=current_actor(), key=_key(), now=utc_now())
    return _shown_once(codes, cookies=[])


@blueprint.post("/remove")
@signed_in
def remove() -> Any:
    """Do without the app."""
    with transaction() as session:
        second_factor.remove_authenticator(session, actor=current_actor(), now=utc_now())
    flash(_("The authenticator app is removed from your account."), "success")
    return redirect(url_for("sign_in_ways.show"), 303)


def _page(form: Form, status: int) -> tuple[str, int]:
    ways = _ways()
    base_url = resources().settings.base_url
    template = "give" if ways.has_second_factor else "needed"
    page = render_template(
        f"enrollment/second_factor/{template}.html",
        form=form,
        ways=ways,
        has_passkeys=passkey_site(base_url, host=request.host) is not None,
        passkey_address=address_for_passkeys(base_url),
        next=_target(),
    )
    return page, status


def _set_up_page(form: Form, status: int) -> Any:
    try:
        with transaction() as session:
            secret, address = second_factor.begin_authenticator(
                session, actor=current_actor(), key=_key(), now=utc_now()
            )
    except Conflict:
        return redirect(url_for("sign_in_ways.show"), 303)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    page = render_template(
        "enrollment/second_factor/set_up.html",
        form=form,
        picture=qr_code(address),
        secret=groups,
        address=address,
        next=_target(),
    )
    return page, status, {"Cache-Control": "no-store"}


def _shown_once(codes: list[str], *, cookies: list[str]) -> Response:
    response = Response(
        render_template(
            "enrollment/second_factor/recovery_codes.html",
            codes=[show_recovery_code(code) for code in codes],
            next=_target(),
        )
    )
    response.headers["Cache-Control"] = "no-store"
    for cookie in cookies:
        response.headers.add("Set-Cookie", cookie)
    return response


def _ways() -> WaysIn:
    with reading() as session:
        return ways_in(session, get_person(session, current_user.id), now=utc_now())


def _target() -> str:
    return safe_next(request.values.get("next"))


def _key() -> str:
    return str(resources().settings.secret_key)
