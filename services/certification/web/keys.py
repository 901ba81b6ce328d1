"""The office's pages of signing keys: what signs, what has signed, and each step in the life of a key."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.certification.domain.keys import KeyPurpose, KeyRevocationReason, KeyState
from services.certification.domain.permissions import Permission
from services.certification.operations import key_changes, key_register
from services.certification.operations.seals import Seal, seal_of
from services.certification.web.schemas.keys import KeyRevocationSchema, KeyStepSchema
from services.certification.web.words import KEY_ALGORITHMS, KEY_PURPOSES, KEY_REASONS, KEY_STATES, LIST_PURPOSES
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("keys", __name__, url_prefix="/certification/office/keys")

Answer = str | Response | tuple[str, int]

_WORDS = {
    "purposes": KEY_PURPOSES,
    "algorithms": KEY_ALGORITHMS,
    "states": KEY_STATES,
    "reasons": KEY_REASONS,
    "list_purposes": LIST_PURPOSES,
}


@blueprint.get("")
@requires(Permission.KEY_LIST)
def list_all() -> str:
    """Every key, what waits to be announced, and the status lists."""
    with reading() as session:
        register = key_register.read_key_register(session, actor=current_actor(), seal=_seal())
    return render_template("certification/keys/list.html", register=register, **_WORDS)


@blueprint.get("/<code>")
@requires(Permission.KEY_LIST)
def show(code: str) -> str:
    """One key, its history, and the certificates that it has signed."""
    with reading() as session:
        key = key_register.read_key(session, actor=current_actor(), code=code, seal=_seal())
        signed = key_register.list_affected(
            session, actor=current_actor(), code=code, after=requested_cursor(), limit=PAGE_SIZE + 1
        )
    page = page_of(signed, key=lambda certificate: [certificate.issued_at.isoformat(), str(certificate.id)])
    return render_template(
        "certification/keys/detail.html",
        key=key,
        page=page,
        may={state.value: key.may_become(state) for state in KeyState},
        has_count=key.purpose is KeyPurpose.CREDENTIALS,
        **_WORDS,
    )


@blueprint.get("/<code>/announce")
@requires(Permission.KEY_CHANGE)
def ask_to_announce(code: str) -> Answer:
    """What it means to announce a key."""
    return _question("announce", code, Form.empty(KeyStepSchema()))


@blueprint.post("/<code>/announce")
@requires(Permission.KEY_CHANGE)
def announce(code: str) -> Answer:
    """Tell the world of a key."""
    form = Form.submitted(KeyStepSchema())
    with form.catching(), transaction() as session:
        key_changes.announce_key(session, actor=current_actor(), code=code, seal=_seal(), now=utc_now())
    return _answer("announce", code, form, _("The key is announced. It can sign in ten minutes."))


@blueprint.get("/<code>/activate")
@requires(Permission.KEY_CHANGE)
def ask_to_activate(code: str) -> Answer:
    """What it means that a key signs."""
    return _question("activate", code, Form.empty(KeyStepSchema()))


@blueprint.post("/<code>/activate")
@requires(Permission.KEY_CHANGE)
def activate(code: str) -> Answer:
    """Let a key sign from now on."""
    form = Form.submitted(KeyStepSchema())
    with form.catching(), transaction() as session:
        key_changes.activate_key(session, actor=current_actor(), code=code, seal=_seal(), now=utc_now())
    return _answer("activate", code, form, _("The key signs from now on. The one before is retired."))


@blueprint.get("/<code>/retire")
@requires(Permission.KEY_CHANGE)
def ask_to_retire(code: str) -> Answer:
    """What it means to retire a key."""
    return _question("retire", code, Form.empty(KeyStepSchema()))


@blueprint.post("/<code>/retire")
@requires(Permission.KEY_CHANGE)
def retire(code: str) -> Answer:
    """Let a key sign no more."""
    form = Form.submitted(KeyStepSchema())
    with form.catching(), transaction() as session:
        key_changes.retire_key(session, actor=current_actor(), code=code, now=utc_now())
    return _answer("retire", code, form, _("The key signs no more. What it has signed stays good."))


@blueprint.get("/<code>/revoke")
@requires(Permission.KEY_CHANGE)
def ask_to_revoke(code: str) -> Answer:
    """What it means to revoke a key, and why it is."""
    return _question("revoke", code, Form.empty(KeyRevocationSchema()))


@blueprint.post("/<code>/revoke")
@requires(Permission.KEY_CHANGE)
def revoke(code: str) -> Answer:
    """Declare a key void."""
    form = Form.submitted(KeyRevocationSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            key_changes.revoke_key(
                session,
                actor=current_actor(),
                code=code,
                reason=KeyRevocationReason(form.values["reason"]),
                now=utc_now(),
            )
    return _answer("revoke", code, form, _("The key is revoked. Issue anew what it has signed."))


def _question(step: str, code: str, form: Form) -> Answer:
    key: Any
    if step == "announce":
        key = key_register.read_waiting_key(actor=current_actor(), code=code, seal=_seal())
    else:
        with reading() as session:
            key = key_register.read_key(session, actor=current_actor(), code=code, seal=_seal())
    reasons = [(reason.value, sentence) for reason, sentence in KEY_REASONS.items()]
    page = render_template(
        "certification/keys/step.html", step=step, key=key, form=form, **{**_WORDS, "reasons": reasons}
    )
    return page if not form.errors else (page, 422)


def _answer(step: str, code: str, form: Form, done: str) -> Answer:
    if not form.valid:
        return _question(step, code, form)
    flash(done, "success")
    return redirect(url_for("keys.show", code=code), 303)


def _seal() -> Seal:
    return seal_of(resources().settings)
