"""The page of somebody who was asked for some sentences about a holder."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.permissions import Permission
from services.certification.operations import endorsements
from services.certification.web.schemas.shares import EndorsementSchema
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form

blueprint = Blueprint("endorsements", __name__, url_prefix="/certification/endorsements/<token>")


@blueprint.get("")
@requires(Permission.ENDORSEMENT_GIVE)
def show(token: str) -> AnyResponse:
    """Who asks, for what, and what was written so far."""
    return _page(token, None, 200)


@blueprint.post("")
@requires(Permission.ENDORSEMENT_GIVE)
def give(token: str) -> AnyResponse:
    """Write or change the text."""
    form = Form.submitted(EndorsementSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            endorsements.give_endorsement(
                session, actor=current_actor(), token=token, text=form.values["text"], now=utc_now()
            )
    if not form.valid:
        return _page(token, form, 422)
    flash(_("Thank you. Your text is stored. It is seen by others only if the person agrees."), "success")
    return redirect(url_for("endorsements.show", token=token), 303)


@blueprint.post("/withdraw")
@requires(Permission.ENDORSEMENT_GIVE)
def withdraw(token: str) -> AnyResponse:
    """Take the text back."""
    with transaction() as session:
        endorsements.withdraw_endorsement(session, actor=current_actor(), token=token)
    flash(_("Your text was deleted."), "success")
    return redirect(url_for("endorsements.show", token=token), 303)


def _page(token: str, form: Form | None, status: int) -> AnyResponse:
    with reading() as session:
        asked = endorsements.read_request(session, actor=current_actor(), token=token)
    shown = form or Form.empty(EndorsementSchema(), text=asked.endorsement.text)
    page = render_template("certification/shares/endorse.html", asked=asked, form=shown, token=token)
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
