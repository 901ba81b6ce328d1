"""Attempts at a quiz as JSON: begin, read, keep single answers, hand in."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from services.coursework.domain.attempts import AttemptState, SaveVerdict
from services.coursework.domain.permissions import Permission
from services.coursework.domain.questions import QuestionKind
from services.coursework.operations import attempts, quizzes
from services.coursework.operations.attempts import GivenAnswer
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.idempotency import idempotent
from shared.web.language import current_language

blueprint = Blueprint("attempts_api", __name__, description="Attempts at quizzes")


class ChoiceSchema(Schema):
    """What may be chosen."""

    key = fields.String()
    text = fields.String()


class QuestionSchema(Schema):
    """A question with what is kept of its answer. What is right is not told before handing in."""

    question_id = fields.UUID()
    position = fields.Integer()
    kind = fields.String(metadata={"enum": [kind.value for kind in QuestionKind]})
    prompt = fields.String()
    choices = fields.List(fields.Nested(ChoiceSchema))
    value = fields.List(fields.String(), metadata={"description": "Chosen keys, or one number as text; empty: none"})
    value_hash = fields.String()
    revision = fields.Integer()
    saved_at = fields.AwareDateTime(allow_none=True)
    credit_percent = fields.Integer(allow_none=True)


class AttemptSchema(Schema):
    """An attempt. Score and outcome are there once it was handed in."""

    attempt_id = fields.UUID()
    number = fields.Integer()
    state = fields.String(metadata={"enum": [state.value for state in AttemptState]})
    started_at = fields.AwareDateTime()
    submitted_at = fields.AwareDateTime(allow_none=True)
    score_percent = fields.Integer(allow_none=True)
    pass_percent = fields.Integer(allow_none=True)
    is_passed = fields.Boolean()
    questions = fields.List(fields.Nested(QuestionSchema))


class AnswerSchema(Schema):
    """An answer. `revision` is counted by the client per question: a save with a lower one than is kept is stale."""

    value = fields.List(
        fields.String(validate=validate.Length(max=80)), required=True, validate=validate.Length(max=50)
    )
    revision = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=2_000_000_000))


class KeptAnswerSchema(Schema):
    """What is kept now, and what became of the save."""

    question_id = fields.UUID()
    verdict = fields.String(metadata={"enum": [verdict.value for verdict in SaveVerdict]})
    value = fields.List(fields.String())
    value_hash = fields.String(metadata={"description": "SHA-256 of the JSON list of the value"})
    revision = fields.Integer()
    saved_at = fields.AwareDateTime()


@blueprint.post("/runs/<uuid:run_id>/quizzes/<module_code>/attempts")
@requires(Permission.ATTEMPT_WORK)
@idempotent
@blueprint.response(201, AttemptSchema)
def start(run_id: UUID, module_code: str) -> Any:
    """Begin an attempt, or get the open one."""
    with transaction() as session:
        attempt = attempts.start_attempt(
            session, actor=current_actor(), run_id=run_id, module_code=module_code, now=utc_now()
        )
    return _attempt(attempt.id)


@blueprint.get("/attempts/<uuid:attempt_id>")
@requires(Permission.ATTEMPT_WORK)
@blueprint.response(200, AttemptSchema)
def show(attempt_id: UUID) -> dict[str, Any]:
    """An attempt with what is kept of every answer."""
    return _attempt(attempt_id)


@blueprint.put("/attempts/<uuid:attempt_id>/answers/<uuid:question_id>")
@requires(Permission.ATTEMPT_WORK)
@blueprint.arguments(AnswerSchema)
@blueprint.response(200, KeptAnswerSchema)
def keep_answer(given: dict[str, Any], attempt_id: UUID, question_id: UUID) -> dict[str, Any]:
    """Keep one answer; the acknowledgement says what is kept, even where the save came too late."""
    with transaction() as session:
        kept = attempts.save_answer_to(
            session,
            actor=current_actor(),
            attempt_id=attempt_id,
            question_id=question_id,
            answer=GivenAnswer(given=given["value"], revision=given["revision"]),
            now=utc_now(),
        )
    return {
        "question_id": kept.question_id,
        "verdict": kept.verdict.value,
        "value": kept.value,
        "value_hash": kept.value_hash,
        "revision": kept.revision,
        "saved_at": kept.saved_at,
    }


@blueprint.post("/attempts/<uuid:attempt_id>/submission")
@requires(Permission.ATTEMPT_WORK)
@idempotent
@blueprint.response(200, AttemptSchema)
def submit(attempt_id: UUID) -> Any:
    """Hand in what is kept. Handing in twice changes nothing."""
    with transaction() as session:
        attempts.submit_attempt(session, actor=current_actor(), attempt_id=attempt_id, now=utc_now())
    return _attempt(attempt_id)


def _attempt(attempt_id: UUID) -> dict[str, Any]:
    with reading() as session:
        opened = quizzes.open_attempt(
            session, actor=current_actor(), attempt_id=attempt_id, language=current_language()
        )
    attempt = opened.attempt
    return {
        "attempt_id": attempt.id,
        "number": attempt.number,
        "state": attempt.state.value,
        "started_at": attempt.started_at,
        "submitted_at": attempt.submitted_at,
        "score_percent": attempt.score_percent,
        "pass_percent": attempt.pass_percent,
        "is_passed": attempt.is_passed,
        "questions": [_question(question) for question in opened.questions],
    }


def _question(question: quizzes.QuestionView) -> dict[str, Any]:
    return {
        "question_id": question.question_id,
        "position": question.position,
        "kind": question.kind.value,
        "prompt": question.prompt,
        "choices": [{"key": key, "text": text} for key, text in question.choices],
        "value": question.value,
        "value_hash": question.value_hash,
        "revision": question.revision,
        "saved_at": question.saved_at,
        "credit_percent": question.credit_percent,
    }
