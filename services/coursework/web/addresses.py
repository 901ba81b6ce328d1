"""Addresses of a learner's steps."""

from uuid import UUID

from flask import url_for

from services.coursework.domain.steps import Step, StepKind


def address_of(run_id: UUID, step: Step) -> str:
    """The page of a step in a run."""
    if step.kind is StepKind.MATERIAL:
        return url_for("materials.show", run_id=run_id, material_id=step.material_id)
    if step.kind is StepKind.QUIZ:
        return url_for("quizzes.show", run_id=run_id, module_code=step.module_code)
    return url_for("assignments.show", run_id=run_id, module_code=step.module_code)
