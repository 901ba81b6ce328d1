"""What a holder shows: the choice of the name, links, evidence; and the page behind a link."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.permissions import Permission
from services.certification.domain.shares import ShareDays, ShownDetails
from services.certification.operations import endorsements, shares, showing
from services.certification.operations.seals import seal_of
from services.certification.web.schemas.shares import (
    AskEndorsementSchema,
    EvidenceSchema,
    NameChoiceSchema,
    ShareSchema,
)
from services.certification.web.verification.showing import told_of
from services.certification.web.words import ENDORSER_ROLES
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.web import current_actor, public, reading, requires, resources, transaction
from shared.web.forms import Form

blueprint = Blueprint("shares", __name__, url_prefix="/certification")

_HOLDER = "/certificates/<number>/sharing"


@blueprint.get(_HOLDER)
@requires(Permission.PRESENTATION_MANAGE)
def overview(number: str) -> AnyResponse:
    """Links, evidence and endorsements of one certificate."""
    return _page(number)


@blueprint.post(f"{_HOLDER}/name")
@requires(Permission.PRESENTATION_MANAGE)
def choose_name(number: str) -> AnyResponse:
    """Show the name on the public page, or no longer."""

    def choose(session: Any, values: dict[str, Any]) -> None:
        shares.choose_name(session, actor=current_actor(), number=number, now=utc_now(), **values)
        flash(_("Saved. The public page shows it from now on."), "success")

    return _submit(number, "name_form", Form.submitted(NameChoiceSchema()), choose)


@blueprint.post(f"{_HOLDER}/links")
@requires(Permission.PRESENTATION_MANAGE)
def make_link(number: str) -> AnyResponse:
    """A new link."""

    def make(session: Any, values: dict[str, Any]) -> None:
        shares.make_share(
            session,
            actor=current_actor(),
            number=number,
            label=values["label"],
            details=ShownDetails(**{name: values[name] for name in ("name", "results", "workshops", "evidence")}),
            days=ShareDays(int(values["days"])),
            now=utc_now(),
        )

    return _submit(number, "share_form", Form.submitted(ShareSchema()), make)


@blueprint.post(f"{_HOLDER}/links/<uuid:share_id>/end")
@requires(Permission.PRESENTATION_MANAGE)
def end_link(number: str, share_id: UUID) -> AnyResponse:
    """The link shows nothing any more."""
    with transaction() as session:
        shares.end_share(session, actor=current_actor(), number=number, share_id=share_id, now=utc_now())
    flash(_("The link no longer shows anything."), "success")
    return redirect(url_for("shares.overview", number=number), 303)


@blueprint.post(f"{_HOLDER}/evidence")
@requires(Permission.PRESENTATION_MANAGE)
def add_evidence(number: str) -> AnyResponse:
    """Add what came of the course."""

    def add(session: Any, values: dict[str, Any]) -> None:
        shares.add_evidence(session, actor=current_actor(), number=number, now=utc_now(), **values)

    return _submit(number, "evidence_form", Form.submitted(EvidenceSchema()), add)


@blueprint.post(f"{_HOLDER}/evidence/<uuid:evidence_id>/delete")
@requires(Permission.PRESENTATION_MANAGE)
def take_out_evidence(number: str, evidence_id: UUID) -> AnyResponse:
    """Delete one thing."""
    with transaction() as session:
        shares.take_out_evidence(session, actor=current_actor(), number=number, evidence_id=evidence_id)
    return redirect(url_for("shares.overview", number=number), 303)


@blueprint.post(f"{_HOLDER}/endorsements")
@requires(Permission.PRESENTATION_MANAGE)
def ask_endorsement(number: str) -> AnyResponse:
    """Ask somebody for some sentences."""

    def ask(session: Any, values: dict[str, Any]) -> None:
        endorsements.ask_endorsement(session, actor=current_actor(), number=number, now=utc_now(), **values)

    return _submit(number, "ask_form", Form.submitted(AskEndorsementSchema()), ask)


@blueprint.post(f"{_HOLDER}/endorsements/<uuid:endorsement_id>/<any(show, hide, delete):what>")
@requires(Permission.PRESENTATION_MANAGE)
def decide_on_endorsement(number: str, endorsement_id: UUID, what: str) -> AnyResponse:
    """Show a text behind links, hide it, or delete it."""
    chosen: dict[str, Any] = {"actor": current_actor(), "number": number, "endorsement_id": endorsement_id}
    with transaction() as session:
        if what == "delete":
            endorsements.take_out_endorsement(session, **chosen)
        else:
            endorsements.show_endorsement(session, is_shown=what == "show", **chosen)
    return redirect(url_for("shares.overview", number=number), 303)


@blueprint.get("/shared/<token>")
@public
def open_link(token: str) -> AnyResponse:
    """What a holder shows behind a link. Nobody records that it was opened."""
    try:
        with reading() as session:
            shared = shares.open_share(session, token=token, seal=seal_of(resources().settings), now=utc_now())
    except NotFound:
        return _unlisted(make_response(render_template("certification/shares/over.html"), 404))
    page = render_template(
        "certification/shares/shared.html", shared=shared, told=told_of(shared.found), roles=ENDORSER_ROLES
    )
    return _unlisted(make_response(page))


def _unlisted(response: Response) -> Response:
    """No search engine, no cache, no referrer learns of the link."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _submit(number: str, name: str, form: Form, act: Callable[[Any, dict[str, Any]], None]) -> AnyResponse:
    """One of the page's forms: done and back to the page, or the page again with what is wrong."""
    if form.valid:
        with form.catching(), transaction() as session:
            act(session, form.values)
    if form.valid:
        return redirect(url_for("shares.overview", number=number), 303)
    return _page(number, status=422, **{name: form})


def _page(number: str, *, status: int = 200, **forms: Form) -> AnyResponse:
    with reading() as session:
        shown = showing.read_presentation(session, actor=current_actor(), number=number, now=utc_now())
    empty = {
        "name_form": Form.empty(NameChoiceSchema()),
        "share_form": Form.empty(ShareSchema(), days="30", workshops="true"),
        "evidence_form": Form.empty(EvidenceSchema()),
        "ask_form": Form.empty(AskEndorsementSchema()),
    }
    page = render_template(
        "certification/shares/overview.html",
        shown=shown,
        base_url=resources().settings.base_url,
        roles=ENDORSER_ROLES,
        **{**empty, **forms},
    )
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response
