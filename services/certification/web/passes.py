"""Passes: what an association still needs (its board), what the pass demands, the register of the office."""

import json
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.certification.domain.passes import PassState
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations import passes
from services.certification.operations.seals import seal_of
from services.certification.queries.programme import list_levels
from services.certification.web.filters import typed_text, typed_texts
from services.certification.web.words import PASS_CHANGES, PASS_STATES
from shared.kernel.clock import utc_now
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, public, reading, requires, resources, transaction
from shared.web.fields import FormSchema
from shared.web.forms import Form
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("passes", __name__, url_prefix="/certification")

Answer = str | Response | tuple[str, int]

#: How many members are named as the nearest to the pass.
_NEAREST = 5


@blueprint.get("/passes")
@requires(Permission.PASS_READ)
def own_associations() -> Answer:
    """The associations whose board somebody belongs to; straight to the page where it is one."""
    with reading() as session:
        associations = passes.list_own_associations(session, actor=current_actor())
    if len(associations) == 1:
        return redirect(url_for("passes.show", association_id=associations[0].association_id))
    return render_template("certification/passes/associations.html", associations=associations)


@blueprint.get("/passes/<uuid:association_id>")
@requires(Permission.PASS_READ)
def show(association_id: UUID) -> Answer:
    """What is missing for the pass, and who needs what."""
    return _overview_page(association_id, Form.empty(FormSchema()))


@blueprint.post("/passes/<uuid:association_id>/renew")
@requires(Permission.PASS_RENEW)
def renew(association_id: UUID) -> Answer:
    """Give the pass its next time."""
    form = Form.submitted(FormSchema())
    with form.catching(), transaction() as session:
        passes.renew_pass(session, actor=current_actor(), association_id=association_id, now=utc_now())
    if not form.valid:
        return _overview_page(association_id, form)
    flash(_("The pass is renewed."), "success")
    return redirect(url_for("passes.show", association_id=association_id), 303)


def _overview_page(association_id: UUID, form: Form) -> Answer:
    with reading() as session:
        overview = passes.read_pass_overview(
            session, actor=current_actor(), association_id=association_id, now=utc_now()
        )
        titles = {level.code: level.title for level in list_levels(session)}
    held = overview.held
    page = render_template(
        "certification/passes/overview.html",
        overview=overview,
        standing=overview.standing,
        nearest=[member for member in overview.standing.members if member.missing][:_NEAREST],
        state=PASS_STATES[held.state] if held else None,
        changes=PASS_CHANGES,
        address=seal_of(resources().settings).verification_url(held.number) if held else None,
        titles_of=lambda codes: ", ".join(titles.get(code, code) for code in codes),
        is_board=allows(PERMISSIONS, current_actor(), Permission.PASS_PUBLISH, Facts(association_id=association_id)),
        form=form,
    )
    return page if form.valid else (page, 422)


@blueprint.get("/achievements/memo-pass")
@public
def demands() -> Response:
    """What the pass demands today: a page for people, JSON-LD for software."""
    wanted = request.accept_mimetypes.best_match(["text/html", "application/ld+json", "application/json"])
    with reading() as session:
        found = passes.describe_pass(session, seal=seal_of(resources().settings), now=utc_now())
        demanded = passes.read_demands(session, now=utc_now())
    if wanted == "text/html":
        return make_response(render_template("certification/passes/demands.html", demanded=demanded))
    response = make_response(json.dumps(found.to_document(), ensure_ascii=False))
    response.content_type = "application/ld+json"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@blueprint.get("/office/passes")
@requires(Permission.PASS_LIST)
def register() -> str:
    """All passes, newest first."""
    state = request.args.get("state", "")
    with reading() as session:
        found = passes.search_passes(
            session,
            actor=current_actor(),
            search=typed_text("search"),
            state=PassState(state) if state in set(PassState) else None,
            after=requested_cursor(),
            limit=PAGE_SIZE + 1,
        )
    page = page_of(found, key=lambda entry: [entry.held.awarded_at.isoformat(), str(entry.held.id)])
    return render_template(
        "certification/passes/register.html",
        page=page,
        states=PASS_STATES,
        args=typed_texts("search", "state"),
        may_change_rule=allows(PERMISSIONS, current_actor(), Permission.PASS_RULE_CHANGE, Facts()),
    )
