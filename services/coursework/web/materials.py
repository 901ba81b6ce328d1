"""Lessons, pictures and handouts."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.coursework.domain.permissions import Permission
from services.coursework.operations import materials
from services.coursework.web.addresses import address_of
from services.coursework.web.words import MATERIAL_KINDS, READING_STATES
from shared.kernel.clock import utc_now
from shared.web import current_actor, requires, resources, transaction
from shared.web.language import current_language

blueprint = Blueprint("materials", __name__, url_prefix="/coursework/runs/<uuid:run_id>/materials")


@blueprint.get("/<uuid:material_id>")
@requires(Permission.MATERIAL_READ)
def show(run_id: UUID, material_id: UUID) -> str:
    """One step to read, look at or print; notes which version a learner has opened."""
    with transaction() as session:
        opened = materials.open_material(
            session,
            documents=resources().documents,
            actor=current_actor(),
            run_id=run_id,
            material_id=material_id,
            language=current_language(),
            now=utc_now(),
        )
    return render_template(
        "coursework/materials/material.html",
        opened=opened,
        html=opened.html,
        address_of=address_of,
        reading_states=READING_STATES,
        material_kinds=MATERIAL_KINDS,
    )


@blueprint.post("/<uuid:material_id>/read")
@requires(Permission.RUN_STUDY)
def mark_read(run_id: UUID, material_id: UUID) -> Response:
    """Note that the learner has read it, and go on to the next step."""
    version = request.form.get("version", "1")
    with transaction() as session:
        step = materials.mark_read(
            session,
            actor=current_actor(),
            run_id=run_id,
            material_id=material_id,
            version=int(version) if version.isdecimal() and len(version) < 9 else 1,
            now=utc_now(),
        )
    return redirect(address_of(run_id, step) if step else url_for("courses.show", run_id=run_id), 303)
