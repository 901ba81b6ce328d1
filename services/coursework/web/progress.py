"""How far the learners of a run are."""

from uuid import UUID

from flask import Blueprint, render_template

from services.coursework.domain.permissions import Permission
from services.coursework.operations import progress
from services.coursework.web.words import STEP_STATES
from shared.web import current_actor, reading, requires

blueprint = Blueprint("progress", __name__, url_prefix="/coursework/runs/<uuid:run_id>/participants")


@blueprint.get("")
@requires(Permission.PROGRESS_READ)
def show(run_id: UUID) -> str:
    """The learners of a run, for its trainers and the office."""
    with reading() as session:
        found = progress.open_progress(session, actor=current_actor(), run_id=run_id)
    return render_template("coursework/progress/participants.html", progress=found, step_states=STEP_STATES)
