"""Materials: the office's list and editor."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.coursework.domain.materials import TEXT_LIMIT
from services.coursework.domain.permissions import Permission
from services.coursework.operations import revisions
from services.coursework.operations.revisions import Revision
from services.coursework.queries.runs import list_levels
from services.coursework.web.schemas.materials import RevisionSchema
from services.coursework.web.words import MATERIAL_KINDS
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form

blueprint = Blueprint("office", __name__, url_prefix="/coursework/office/materials")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Permission.MATERIAL_REVISE)
def index() -> str:
    """All materials, level by level."""
    with reading() as session:
        levels = list_levels(session)
        level_code = request.args.get("level", "")[:40] or (levels[0].code if levels else None)
        lines = revisions.list_for_office(session, actor=current_actor(), level_code=level_code)
    return render_template(
        "coursework/materials/list.html",
        lines=lines,
        levels=levels,
        level_code=level_code,
        material_kinds=MATERIAL_KINDS,
    )


@blueprint.get("/<uuid:material_id>")
@requires(Permission.MATERIAL_REVISE)
def edit(material_id: UUID) -> Answer:
    """The text in both variants."""
    return _page(material_id, None)


@blueprint.post("/<uuid:material_id>")
@requires(Permission.MATERIAL_REVISE)
def save(material_id: UUID) -> Answer:
    """Put a new version in force."""
    form = Form.submitted(RevisionSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            revisions.revise_material(
                session,
                actor=current_actor(),
                material_id=material_id,
                revision=Revision(
                    title=form.values["title"],
                    title_einfach=form.values["title_einfach"] or None,
                    text=form.values["text"],
                    text_einfach=form.values["text_einfach"] or None,
                ),
                based_on=form.values["based_on"],
                now=utc_now(),
            )
    if not form.valid:
        return _page(material_id, form)
    flash(_("Saved. Whoever read the older version sees that it has changed."), "success")
    return redirect(url_for("office.index"), 303)


def _page(material_id: UUID, form: Form | None) -> Answer:
    with reading() as session:
        material, version = revisions.open_for_office(session, actor=current_actor(), material_id=material_id)
    page = render_template(
        "coursework/materials/edit.html",
        material=material,
        version=version,
        form=form,
        text_limit=TEXT_LIMIT,
        material_kinds=MATERIAL_KINDS,
    )
    return page if form is None or form.valid else (page, 422)
