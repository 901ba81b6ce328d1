"""Quizzes: the way in, the attempt, the review before handing in, the outcome."""

import re
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.coursework.domain.attempts import AttemptState
from services.coursework.domain.permissions import Permission
from services.coursework.operations import attempts, quizzes
from services.coursework.operations.attempts import GivenAnswer
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.language import current_language

blueprint = Blueprint("quizzes", __name__, url_prefix="/coursework")

Answer = str | Response
#: How the form names its questions, by their position.
_QUESTION = re.compile(r"q(\d{1,3})")
#: Ten digits of milliseconds are four months; nothing waits longer on a device.
_LONGEST_AGE_DIGITS = 10


@blueprint.get("/runs/<uuid:run_id>/quiz/<module_code>")
@requires(Permission.RUN_STUDY)
def show(run_id: UUID, module_code: str) -> str:
    """What the learner should know before beginning, and the attempts so far."""
    with reading() as session:
        entrance = quizzes.open_quiz(
            session, actor=current_actor(), run_id=run_id, module_code=module_code, language=current_language()
        )
    return render_template("coursework/quizzes/entrance.html", entrance=entrance)


@blueprint.post("/runs/<uuid:run_id>/quiz/<module_code>")
@requires(Permission.ATTEMPT_WORK)
def start(run_id: UUID, module_code: str) -> Response:
    """Begin an attempt, or go on with the open one."""
    with transaction() as session:
        attempt = attempts.start_attempt(
            session, actor=current_actor(), run_id=run_id, module_code=module_code, now=utc_now()
        )
    return redirect(url_for("quizzes.attempt", attempt_id=attempt.id), 303)


@blueprint.get("/attempts/<uuid:attempt_id>")
@requires(Permission.ATTEMPT_WORK)
def attempt(attempt_id: UUID) -> Answer:
    """The questions with what is kept of the answers; the outcome once it was handed in."""
    opened = _open(attempt_id)
    if opened.attempt.state is AttemptState.SUBMITTED:
        return redirect(url_for("quizzes.outcome", attempt_id=attempt_id), 303)
    return render_template("coursework/quizzes/attempt.html", opened=opened)


@blueprint.post("/attempts/<uuid:attempt_id>")
@requires(Permission.ATTEMPT_WORK)
def save(attempt_id: UUID) -> Response:
    """Keep the whole form, and show what is kept."""
    with transaction() as session:
        attempts.save_answers(
            session, actor=current_actor(), attempt_id=attempt_id, answers=_given_answers(), now=utc_now()
        )
    return redirect(url_for("quizzes.review", attempt_id=attempt_id), 303)


@blueprint.post("/attempts/<uuid:attempt_id>/answers")
@requires(Permission.ATTEMPT_WORK)
def autosave(attempt_id: UUID) -> dict[str, object]:
    """Keep single answers as they change, and acknowledge each with what is kept of it."""
    with transaction() as session:
        kept = attempts.save_answers(
            session, actor=current_actor(), attempt_id=attempt_id, answers=_given_answers(), now=utc_now()
        )
    return {
        f"q{answer.position}": {
            "verdict": answer.verdict.value,
            "revision": answer.revision,
            "hash": answer.value_hash,
            "saved_at": answer.saved_at.isoformat(),
        }
        for answer in kept
    }


@blueprint.get("/attempts/<uuid:attempt_id>/review")
@requires(Permission.ATTEMPT_WORK)
def review(attempt_id: UUID) -> Answer:
    """Question by question what is stored, before handing in."""
    opened = _open(attempt_id)
    if opened.attempt.state is AttemptState.SUBMITTED:
        return redirect(url_for("quizzes.outcome", attempt_id=attempt_id), 303)
    return render_template("coursework/quizzes/review.html", opened=opened)


@blueprint.post("/attempts/<uuid:attempt_id>/submit")
@requires(Permission.ATTEMPT_WORK)
def submit(attempt_id: UUID) -> Response:
    """Hand in what is stored."""
    with transaction() as session:
        attempts.submit_attempt(session, actor=current_actor(), attempt_id=attempt_id, now=utc_now())
    flash(_("Handed in. Here is your receipt with the result."), "success")
    return redirect(url_for("quizzes.outcome", attempt_id=attempt_id), 303)


@blueprint.get("/attempts/<uuid:attempt_id>/outcome")
@requires(Permission.ATTEMPT_WORK)
def outcome(attempt_id: UUID) -> Answer:
    """The receipt: score, and for each question what was stored, what is right and why."""
    opened = _open(attempt_id)
    if opened.attempt.state is AttemptState.OPEN:
        return redirect(url_for("quizzes.attempt", attempt_id=attempt_id), 303)
    return render_template("coursework/quizzes/outcome.html", opened=opened)


def _open(attempt_id: UUID) -> quizzes.OpenAttempt:
    with reading() as session:
        return quizzes.open_attempt(session, actor=current_actor(), attempt_id=attempt_id, language=current_language())


def _given_answers() -> dict[int, GivenAnswer]:
    """The answers in this request's form, by position.

    A question without any field but its `seen-` one had every box unticked: browsers send nothing for those.
    """
    names = {name.removeprefix("seen-") for name in request.form} - {"submit"}
    found = {}
    for name in names:
        match = _QUESTION.fullmatch(name)
        if match:
            found[int(match[1])] = GivenAnswer(
                given=request.form.getlist(name),
                age=_age(request.form.get(f"age-{name}")),
                seen_hash=request.form.get(f"seen-{name}"),
            )
    return dict(sorted(found.items()))


def _age(milliseconds: str | None) -> timedelta:
    """How long an answer waited on its device; no time at all where the form does not say so."""
    if not milliseconds or not milliseconds.isdecimal() or len(milliseconds) > _LONGEST_AGE_DIGITS:
        return timedelta(0)
    return timedelta(milliseconds=int(milliseconds))
