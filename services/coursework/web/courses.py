"""The entrance of coursework, a course with its modules, a learner's own results."""

from uuid import UUID

from flask import Blueprint, render_template

from services.coursework.domain.permissions import Permission
from services.coursework.operations import courses, progress, queue
from services.coursework.web.addresses import address_of
from services.coursework.web.words import MATERIAL_KINDS, READING_STATES, RUN_STATES, STEP_STATES
from shared.kernel.actor import Role
from shared.web import current_actor, reading, requires, signed_in
from shared.web.language import current_language

blueprint = Blueprint("courses", __name__, url_prefix="/coursework")


@blueprint.get("/")
@signed_in
def index() -> str:
    """Own courses, runs to train, runs to look after: whatever the person has."""
    actor = current_actor()
    with reading() as session:
        found = courses.list_courses(session, actor=actor)
        waiting = queue.count_waiting(session, actor=actor)
    return render_template(
        "coursework/courses/index.html",
        courses=found,
        waiting=waiting,
        is_trainer=actor.holds(Role.TRAINER),
        is_office=actor.holds(Role.OFFICE),
        run_states=RUN_STATES,
    )


@blueprint.get("/runs/<uuid:run_id>")
@requires(Permission.RUN_READ)
def show(run_id: UUID) -> str:
    """One course: its modules and their steps."""
    with reading() as session:
        course = courses.open_course(session, actor=current_actor(), run_id=run_id, language=current_language())
    return render_template(
        "coursework/courses/course.html",
        course=course,
        address_of=address_of,
        step_states=STEP_STATES,
        reading_states=READING_STATES,
        material_kinds=MATERIAL_KINDS,
        run_states=RUN_STATES,
    )


@blueprint.get("/runs/<uuid:run_id>/results")
@requires(Permission.RUN_STUDY)
def results(run_id: UUID) -> str:
    """What is done and what is missing."""
    with reading() as session:
        own = progress.open_own_results(session, actor=current_actor(), run_id=run_id)
    return render_template("coursework/courses/results.html", own=own, step_states=STEP_STATES)
