"""Passkeys: the two steps of each ceremony as JSON for the page's script, and the list's buttons as forms."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.domain.errors import PasskeyRefused
from services.enrollment.domain.passkeys import PasskeySite, passkey_site
from services.enrollment.domain.sign_in import PASSKEY_TRIES, SignInMethod
from services.enrollment.operations import passkeys
from services.enrollment.web import guesses
from services.enrollment.web.current_person import enter, strengthen
from services.enrollment.web.schemas.people import PasskeyNameSchema
from shared.kernel.clock import utc_now
from shared.kernel.errors import DomainError
from shared.kernel.ids import new_id
from shared.web import current_actor, public, resources, signed_in, transaction
from shared.web.context import web_service
from shared.web.errors import problem
from shared.web.forms import Form
from shared.web.sentences import spoken, status_of
from shared.web.signin import safe_next

blueprint = Blueprint("passkeys", __name__, url_prefix="/passkeys")

Parameters = ParamSpec("Parameters")


def _in_json(view: Callable[Parameters, Any]) -> Callable[Parameters, Any]:
    """The page's script reads refusals as problem+json, though it is no client of the JSON interface."""

    @wraps(view)
    def answered(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Any:
        try:
            return view(*args, **kwargs)
        except DomainError as error:
            return problem(status_of(error), detail=spoken(error, web_service().sentences), kind=type(error).__name__)

    return answered


@blueprint.post("/sign-in/options")
@public
@_in_json
def sign_in_options() -> Response:
    """The challenge for a sign-in."""
    guesses.count(PASSKEY_TRIES, str(new_id()))
    with transaction() as session:
        options = passkeys.begin_sign_in(session, site=_site(), now=utc_now())
    return Response(options, content_type="application/json")


@blueprint.post("/sign-in/verify")
@public
@_in_json
def sign_in() -> Response:
    """Sign in by the browser's answer. Whoever is in already has given a second factor by it."""
    with transaction() as session:
        signed = passkeys.finish_sign_in(session, site=_site(), credential=_credential(), now=utc_now())
    return _entered(enter(signed, safe_next(request.args.get("next"))))


@blueprint.post("/options")
@signed_in
@_in_json
def registration_options() -> Response:
    """The challenge for a new passkey."""
    with transaction() as session:
        options = passkeys.begin_registration(session, actor=current_actor(), site=_site(), now=utc_now())
    return Response(options, content_type="application/json")


@blueprint.post("/verify")
@signed_in
@_in_json
def register() -> Response:
    """Store the new passkey; having made it here is as good as having signed in with it."""
    with transaction() as session:
        passkeys.finish_registration(
            session,
            actor=current_actor(),
            site=_site(),
            credential=_credential(),
            name=_("Passkey of %(device)s", device=_device()),
            now=utc_now(),
        )
    flash(_("Your passkey is set up. From now on you can sign in with it."), "success")
    return _entered(strengthen(current_user.identity, SignInMethod.PASSKEY, url_for("sign_in_ways.show")))


@blueprint.post("/<uuid:passkey_id>/rename")
@signed_in
def rename(passkey_id: UUID) -> Any:
    """Call it something else."""
    form = Form.submitted(PasskeyNameSchema())
    if form.valid:
        with transaction() as session:
            passkeys.rename_passkey(session, actor=current_actor(), passkey_id=passkey_id, name=form.values["name"])
        flash(_("Saved."), "success")
    return redirect(url_for("sign_in_ways.show"), 303)


@blueprint.post("/<uuid:passkey_id>/remove")
@signed_in
def remove(passkey_id: UUID) -> Any:
    """Forget it."""
    form = Form.submitted(PasskeyNameSchema(only=()))
    with form.catching(), transaction() as session:
        passkeys.remove_passkey(session, actor=current_actor(), passkey_id=passkey_id, now=utc_now())
    for _field, sentence in form.summary or [(None, _("The passkey is removed."))]:
        flash(sentence, "success" if form.valid else "danger")
    return redirect(url_for("sign_in_ways.show"), 303)


def _site() -> PasskeySite:
    site = passkey_site(resources().settings.base_url, host=request.host)
    if site is None:
        raise PasskeyRefused
    return site


def _credential() -> dict[str, Any]:
    credential = request.get_json(silent=True)
    if not isinstance(credential, dict):
        raise PasskeyRefused
    return credential


def _entered(response: Response) -> Response:
    """The same cookie and target as a form's answer, as JSON for the script."""
    answer = jsonify({"next": response.location})
    for cookie in response.headers.getlist("Set-Cookie"):
        answer.headers.add("Set-Cookie", cookie)
    return answer


def _device() -> str:
    """A rough name that its owner recognises; it can be changed."""
    agent = request.user_agent.string
    known = ("iPhone", "iPad", "Android", "Windows", "Mac", "Linux")
    return next((name for name in known if name in agent), _("this device"))
