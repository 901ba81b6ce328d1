"""The office's pages of API tokens: what counts, a new one shown once, one taken back."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.permissions import Permission
from services.certification.domain.tokens import TokenFacts, TokenMode, TokenScope
from services.certification.operations import tokens
from services.certification.web.schemas.machines import TokenSchema
from services.certification.web.words import TOKEN_MODES, TOKEN_SCOPES
from shared.kernel.clock import programme_date, utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form

blueprint = Blueprint("tokens", __name__, url_prefix="/certification/office/tokens")

_PROPOSED = timedelta(days=180)


@blueprint.get("")
@requires(Permission.TOKEN_MANAGE)
def list_all() -> Response:
    """Every token, and the form for a new one."""
    return _page(Form.empty(TokenSchema()), secret=None, status=200)


@blueprint.post("")
@requires(Permission.TOKEN_MANAGE)
def make() -> Response:
    """Make a token. Its secret stands in this answer and nowhere else."""
    form, secret = Form.submitted(TokenSchema()), None
    if form.valid:
        with form.catching(), transaction() as session:
            facts = TokenFacts(
                mode=TokenMode(form.values["mode"]),
                scopes=frozenset(map(TokenScope, form.values["scopes"])),
                expires_on=form.values["expires_on"],
            )
            _token, secret = tokens.make_token(
                session, actor=current_actor(), name=form.values["name"], facts=facts, now=utc_now()
            )
    if secret is None:
        return _page(form, secret=None, status=422)
    return _page(Form.empty(TokenSchema()), secret=secret, status=201)


@blueprint.post("/<uuid:token_id>/revoke")
@requires(Permission.TOKEN_MANAGE)
def revoke(token_id: UUID) -> AnyResponse:
    """Take a token back."""
    with transaction() as session:
        tokens.revoke_token(session, actor=current_actor(), token_id=token_id, now=utc_now())
    flash(_("The token counts no more. Programs that use it are turned away from now on."), "success")
    return redirect(url_for("tokens.list_all"), 303)


def _page(form: Form, *, secret: str | None, status: int) -> Response:
    today = programme_date(utc_now())
    with reading() as session:
        found = tokens.list_tokens(session, actor=current_actor())
    page = render_template(
        "certification/machines/tokens.html",
        tokens=found,
        form=form,
        secret=secret,
        modes=TOKEN_MODES,
        scopes=TOKEN_SCOPES,
        today=today,
        proposed=today + _PROPOSED,
        address=resources().settings.base_url,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
