"""The office's pages of signing keys: what signs, what has signed, and each step in the life of a key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.certification.domain.keys import KeyPurpose, KeyRevocationReason, KeyState
from services.certification.domain.permissions import Permission
from services.certification.operations import key_changes, key_register, key_reissues
from services.certification.operations.seals import Seal, seal_of
from services.certification.web.schemas.keys import KeyRevocationSchema, KeyStepSchema
from services.certification.web.words import KEY_ALGORITHMS, KEY_PURPOSES, KEY_REASONS, KEY_STATES, LIST_PURPOSES
from shared.db import Session
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.web import current_actor, reading, requires, resources
from shared.web.fields import FormSchema
from shared.web.forms import Answer, Form, form_page, take_form
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("keys", __name__, url_prefix="/certification/office/keys")

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


@blueprint.get("/<code>/reissue")
@requires(Permission.BATCH_RUN)
def ask_to_reissue(code: str) -> Answer:
    """How many certificates would be issued anew, and what that means."""
    return _reissue_page(code, Form.empty(KeyStepSchema()))


@blueprint.post("/<code>/reissue")
@requires(Permission.BATCH_RUN)
def reissue(code: str) -> Answer:
    """Issue anew all certificates that a revoked key has signed."""
    return take_form(
        KeyStepSchema(),
        lambda session, _values: (
            key_reissues.reissue_signed(session, actor=current_actor(), code=code, now=utc_now()).id
        ),
        again=lambda form: _reissue_page(code, form),
        said=_("The certificates are being issued anew. You can leave this page."),
        onward=lambda batch_id: url_for("batches.show", batch_id=batch_id),
    )


def _reissue_page(code: str, form: Form) -> Answer:
    with reading() as session:
        planned = key_reissues.read_reissue(session, actor=current_actor(), code=code)
    return form_page("certification/keys/reissue.html", form, planned=planned)


@blueprint.get("/<code>/<step>")
@requires(Permission.KEY_CHANGE)
def ask(code: str, step: str) -> Answer:
    """What a step in the life of a key means."""
    return _question(step, code, Form.empty(_find_step(step).schema))


@blueprint.post("/<code>/<step>")
@requires(Permission.KEY_CHANGE)
def take(code: str, step: str) -> Answer:
    """Take the step."""
    taken = _find_step(step)
    return take_form(
        taken.schema,
        lambda session, values: taken.act(session, code, values),
        again=lambda form: _question(step, code, form),
        said=str(taken.said),
        onward=lambda _key: url_for("keys.show", code=code),
    )


@dataclass(frozen=True)
class _Step:
    """What one step asks for, what it does with a session, the key's name and what was typed, and what is said."""

    schema: FormSchema
    act: Callable[[Session, str, dict[str, Any]], object]
    said: Any


_STEPS = {
    "announce": _Step(
        KeyStepSchema(),
        lambda session, code, _values: key_changes.announce_key(session, code=code, seal=_seal(), **_who_and_when()),
        _l("The key is announced. It can sign in ten minutes."),
    ),
    "activate": _Step(
        KeyStepSchema(),
        lambda session, code, _values: key_changes.activate_key(session, code=code, seal=_seal(), **_who_and_when()),
        _l("The key signs from now on. The one before is retired."),
    ),
    "retire": _Step(
        KeyStepSchema(),
        lambda session, code, _values: key_changes.retire_key(session, code=code, **_who_and_when()),
        _l("The key signs no more. What it has signed stays good."),
    ),
    "revoke": _Step(
        KeyRevocationSchema(),
        lambda session, code, values: key_changes.revoke_key(
            session, code=code, reason=KeyRevocationReason(values["reason"]), **_who_and_when()
        ),
        _l("The key is revoked. Issue anew what it has signed."),
    ),
}


def _find_step(name: str) -> _Step:
    if name not in _STEPS:
        raise NotFound(kind="step")
    return _STEPS[name]


def _who_and_when() -> dict[str, Any]:
    return {"actor": current_actor(), "now": utc_now()}


def _question(step: str, code: str, form: Form) -> Answer:
    key: Any
    if step == "announce":
        key = key_register.read_waiting_key(actor=current_actor(), code=code, seal=_seal())
    else:
        with reading() as session:
            key = key_register.read_key(session, actor=current_actor(), code=code, seal=_seal())
    reasons = [(reason.value, sentence) for reason, sentence in KEY_REASONS.items()]
    return form_page("certification/keys/step.html", form, step=step, key=key, **{**_WORDS, "reasons": reasons})


def _seal() -> Seal:
    return seal_of(resources().settings)
