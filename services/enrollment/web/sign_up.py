"""Signing up, and joining an association by its invite code."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.domain.associations import show_invite_code
from services.enrollment.domain.sign_in import INVITE_CODE_TRIES, SIGN_UPS
from services.enrollment.domain.slips import show_personal_code
from services.enrollment.operations.memberships import join_with_code
from services.enrollment.operations.sign_up import sign_up
from services.enrollment.queries.associations import find_association_by_code
from services.enrollment.queries.credentials import ways_in
from services.enrollment.queries.people import get_person
from services.enrollment.web import guesses
from services.enrollment.web.current_person import enter
from services.enrollment.web.schemas.sign_in import JoinSchema, SignUpSchema
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id, normalise_code
from shared.web import current_actor, public, reading, signed_in, transaction
from shared.web.forms import Form
from shared.web.language import current_language
from shared.web.signin import safe_next

blueprint = Blueprint("sign_up", __name__)


@blueprint.get("/sign-up")
@public
def show() -> Any:
    """Three fields."""
    if current_user.is_authenticated:
        return redirect(_target(), 303)
    return render_template("enrollment/sign_up/page.html", form=Form.empty(SignUpSchema()), next=_target())


@blueprint.post("/sign-up")
@public
def submit() -> Any:
    """Make an account."""
    form = Form.submitted(SignUpSchema())
    answer = _sign_up(form, invite_code=None)
    if answer is not None:
        return answer
    return render_template("enrollment/sign_up/page.html", form=form, next=_target()), 422


@blueprint.get("/join")
@public
def ask_code() -> Any:
    """Type the code, for whoever has no camera. A code in `?code=` goes straight on."""
    if request.args.get("code"):
        return redirect(url_for("sign_up.show_join", code=normalise_code(request.args["code"])), 303)
    return render_template("enrollment/sign_up/ask_code.html", form=Form.empty(JoinSchema()))


@blueprint.get("/join/<code>")
@public
def show_join(code: str) -> Any:
    """What the QR code on the slide or the poster opens."""
    guesses.count(INVITE_CODE_TRIES, str(new_id()))
    association = _association(code)
    if association is None:
        return _unknown_code(code)
    return render_template(
        "enrollment/sign_up/join.html", form=Form.empty(SignUpSchema()), association=association, code=code
    )


@blueprint.post("/join/<code>")
@public
def join(code: str) -> Any:
    """Become a member: as who is signed in, or with a new account."""
    guesses.count(INVITE_CODE_TRIES, str(new_id()))
    if current_user.is_authenticated:
        return _join_signed_in(code)
    form = Form.submitted(SignUpSchema())
    answer = _sign_up(form, invite_code=code)
    if answer is not None:
        return answer
    association = _association(code)
    if association is None:
        return _unknown_code(code)
    return render_template("enrollment/sign_up/join.html", form=form, association=association, code=code), 422


@blueprint.get("/welcome")
@signed_in
def welcome() -> str:
    """What to do after signing up: keep a key, or confirm the address."""
    with reading() as session:
        person = get_person(session, current_user.id)
        ways = ways_in(session, person, now=utc_now())
    return render_template(
        "enrollment/sign_up/welcome.html",
        ways=ways,
        personal_code=show_personal_code(person.personal_code),
        next=_target(),
    )


def _sign_up(form: Form, *, invite_code: str | None) -> Any:
    """The answer of a successful sign-up, or None with the errors in the form."""
    if not form.valid:
        return None
    with form.catching():
        guesses.count(SIGN_UPS, form.values["email"] or str(new_id()))
        with transaction() as session:
            signed = sign_up(
                session,
                full_name=form.values["full_name"],
                email=form.values["email"],
                password=form.values["password"],
                invite_code=invite_code,
                language=current_language(),
                now=utc_now(),
            )
    return enter(signed, url_for("sign_up.welcome", next=_target())) if form.valid else None


def _join_signed_in(code: str) -> Any:
    form = Form.submitted(JoinSchema(only=()))
    with form.catching(), transaction() as session:
        association = join_with_code(session, actor=current_actor(), code=code, now=utc_now())
    if form.valid:
        flash(_("You are now a member of %(association)s.", association=association.name), "success")
        return redirect(url_for("associations.mine"), 303)
    found = _association(code)
    if found is None:
        return _unknown_code(code)
    return render_template("enrollment/sign_up/join.html", form=form, association=found, code=code), 422


def _association(code: str) -> Any:
    with reading() as session:
        return find_association_by_code(session, code)


def _unknown_code(code: str) -> Any:
    form = Form.empty(JoinSchema(), code=show_invite_code(normalise_code(code))[:20])
    form.add_error(_("We do not know this code. Ask your association for its present code."), field="code")
    return render_template("enrollment/sign_up/ask_code.html", form=form), 404


def _target() -> str:
    return safe_next(request.values.get("next"))
