"""One's own ways to sign in: the list, password, e-mail address, slip."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.domain.passkeys import address_for_passkeys, passkey_site
from services.enrollment.domain.sign_in import LINK_REQUESTS, PASSWORD_GUESSES, SignInMethod
from services.enrollment.domain.slips import show_personal_code
from services.enrollment.operations import links, passwords, slips
from services.enrollment.queries.credentials import WaysIn, ways_in
from services.enrollment.queries.people import get_person
from services.enrollment.web import guesses
from services.enrollment.web.current_person import enter
from services.enrollment.web.printed_slips import slip_page
from services.enrollment.web.schemas.people import EmailSchema, NewPasswordSchema
from services.enrollment.web.schemas.sign_in import LinkSchema
from shared.kernel.clock import utc_now
from shared.web import current_actor, public, reading, resources, signed_in, transaction
from shared.web.forms import Form

blueprint = Blueprint("sign_in_ways", __name__)


@blueprint.get("/profile/sign-in")
@signed_in
def show() -> str:
    """Everything one can sign in with."""
    base_url = resources().settings.base_url
    ways = _ways()
    return render_template(
        "enrollment/sign_in_ways/page.html",
        ways=ways,
        personal_code=show_personal_code(ways.personal_code),
        has_passkeys=passkey_site(base_url, host=request.host) is not None,
        passkey_address=address_for_passkeys(base_url),
    )


@blueprint.get("/profile/password")
@signed_in
def ask_password() -> str:
    """The form for a new password."""
    return _password_page(Form.empty(NewPasswordSchema()))


@blueprint.post("/profile/password")
@signed_in
def set_password() -> Any:
    """Set the password; whoever came in by password gives the present one, the others have proved themselves."""
    form = Form.submitted(NewPasswordSchema())
    if form.valid:
        current = form.values["current_password"] or "" if _must_give_current(_ways()) else None
        with form.catching():
            guesses.count(PASSWORD_GUESSES, str(current_user.id))
            with transaction() as session:
                passwords.change_password(
                    session,
                    actor=current_actor(),
                    current=current,
                    password=form.values["password"],
                    now=utc_now(),
                )
    if not form.valid:
        return _password_page(form), 422
    flash(_("Your password is saved."), "success")
    return redirect(url_for("sign_in_ways.show"), 303)


@blueprint.post("/profile/password/remove")
@signed_in
def remove_password() -> Any:
    """Do without a password."""
    form = Form.submitted(NewPasswordSchema(only=()))
    with form.catching(), transaction() as session:
        passwords.remove_password(session, actor=current_actor(), now=utc_now())
    for _field, sentence in form.summary or [(None, _("Your password is removed."))]:
        flash(sentence, "success" if form.valid else "danger")
    return redirect(url_for("sign_in_ways.show"), 303)


@blueprint.get("/profile/email")
@signed_in
def ask_email() -> str:
    """The form for an address."""
    ways = _ways()
    form = Form.empty(EmailSchema(), email=ways.pending_email)
    return render_template("enrollment/sign_in_ways/email.html", form=form, ways=ways)


@blueprint.post("/profile/email")
@signed_in
def set_email() -> Any:
    """Send the link that confirms the address. The answer is the same where somebody else has it."""
    form = Form.submitted(EmailSchema())
    if form.valid:
        with form.catching():
            guesses.count(LINK_REQUESTS, form.values["email"])
            with transaction() as session:
                links.request_email_change(session, actor=current_actor(), email=form.values["email"], now=utc_now())
    if not form.valid:
        return render_template("enrollment/sign_in_ways/email.html", form=form, ways=_ways()), 422
    flash(_("We sent a letter to %(email)s. Open the link in it.", email=form.values["email"]), "success")
    return redirect(url_for("sign_in_ways.show"), 303)


@blueprint.get("/links/confirm/<secret>")
@public
def show_confirmation(secret: str) -> Response:
    """One button: mail programs open links by themselves."""
    page = Response(
        render_template("enrollment/sign_in_ways/confirm.html", action=url_for("sign_in_ways.confirm", secret=secret))
    )
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


@blueprint.post("/links/confirm/<secret>")
@public
def confirm(secret: str) -> Any:
    """Confirm the address; a link that no longer works leads to a new one."""
    form = Form.submitted(LinkSchema(only=()))
    with form.catching(), transaction() as session:
        confirmed = links.confirm_email(session, actor=current_actor(), secret=secret, now=utc_now())
    if not form.valid:
        back = url_for("sign_in_ways.show_confirmation", secret=secret)
        return render_template("enrollment/sign_in_ways/confirm_refused.html", form=form, back=back), 422
    flash(_("Your e-mail address is confirmed."), "success")
    if confirmed.signed_in is not None:
        return enter(confirmed.signed_in, url_for("sign_in_ways.show"))
    return redirect(url_for("sign_in_ways.show"), 303)


@blueprint.post("/profile/slip")
@signed_in
def make_slip() -> Response:
    """A slip for oneself, shown once."""
    with transaction() as session:
        slip = slips.issue_own_slip(session, actor=current_actor(), now=utc_now())
    return slip_page(slip, association=None, back=url_for("sign_in_ways.show"))


def _password_page(form: Form) -> str:
    ways = _ways()
    return render_template(
        "enrollment/sign_in_ways/password.html", form=form, ways=ways, asks_current=_must_give_current(ways)
    )


def _must_give_current(ways: WaysIn) -> bool:
    """Whoever has a password and came in with it (or with nothing) repeats it."""
    proved = {SignInMethod.LINK.value, SignInMethod.SLIP.value, SignInMethod.PASSKEY.value}
    methods = {method.value for method in current_user.identity.methods}
    return ways.password_changed_at is not None and not methods & proved


def _ways() -> WaysIn:
    with reading() as session:
        return ways_in(session, get_person(session, current_user.id), now=utc_now())
