"""A learner's runs and progress as JSON."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.coursework.domain.permissions import Permission
from services.coursework.domain.results import StepState
from services.coursework.operations import courses, progress
from shared.web import current_actor, reading, requires, signed_in
from shared.web.api import PageSchema

blueprint = Blueprint("courses_api", __name__, description="Course runs of the person who is signed in")

_STATES: dict[str, Any] = {"enum": [*(state.value for state in StepState), None]}


class RunSchema(Schema):
    """A run in which the person has a confirmed place."""

    run_id = fields.UUID()
    title = fields.String()
    level_code = fields.String()
    town = fields.String()
    starts_on = fields.Date()
    ends_on = fields.Date()
    state = fields.String()
    percent_done = fields.Integer(metadata={"description": "Share of what counts that is passed or accepted"})
    is_passed = fields.Boolean()


class RunPageSchema(PageSchema):
    """A person has few runs: the list has one page."""

    items = fields.List(fields.Nested(RunSchema))


class ModuleProgressSchema(Schema):
    """One module. A module without a quiz or an assignment has null there."""

    code = fields.String()
    title = fields.String()
    counts = fields.Boolean()
    quiz = fields.String(allow_none=True, metadata=_STATES)
    assignment = fields.String(allow_none=True, metadata=_STATES)


class ProgressSchema(Schema):
    """What counts for the level and what of it is done."""

    run_id = fields.UUID()
    quizzes_demanded = fields.Integer()
    quizzes_passed = fields.Integer()
    assignments_demanded = fields.Integer()
    assignments_accepted = fields.Integer()
    percent_done = fields.Integer()
    passed_on = fields.Date(allow_none=True)
    modules = fields.List(fields.Nested(ModuleProgressSchema))


@blueprint.get("/runs")
@signed_in
@blueprint.response(200, RunPageSchema)
def list_runs() -> dict[str, Any]:
    """My runs, the latest first."""
    with reading() as session:
        found = courses.list_courses(session, actor=current_actor())
    items = [
        {
            "run_id": card.run.run_id,
            "title": card.run.title,
            "level_code": card.run.level_code,
            "town": card.run.town,
            "starts_on": card.run.starts_on,
            "ends_on": card.run.ends_on,
            "state": card.run.state,
            "percent_done": card.standing.percent,
            "is_passed": card.is_passed,
        }
        for card in found.own
    ]
    return {"items": items, "next_cursor": None}


@blueprint.get("/runs/<uuid:run_id>/progress")
@requires(Permission.RUN_STUDY)
@blueprint.response(200, ProgressSchema)
def show_progress(run_id: UUID) -> dict[str, Any]:
    """My progress in a run, module by module."""
    with reading() as session:
        own = progress.open_own_results(session, actor=current_actor(), run_id=run_id)
    standing = own.standing
    return {
        "run_id": run_id,
        "quizzes_demanded": standing.quizzes_demanded,
        "quizzes_passed": standing.quizzes_passed,
        "assignments_demanded": standing.assignments_demanded,
        "assignments_accepted": standing.assignments_accepted,
        "percent_done": standing.percent,
        "passed_on": own.result.passed_on if own.result else None,
        "modules": [
            {
                "code": module.code,
                "title": module.title,
                "counts": work.counts,
                "quiz": work.quiz.value if work.quiz else None,
                "assignment": work.assignment.value if work.assignment else None,
            }
            for module, work in own.lines
        ],
    }
