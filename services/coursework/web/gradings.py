"""The trainer's queue, and the page on which one submission is graded."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from services.coursework.domain.gradings import FEEDBACK_LIMIT, Outcome
from services.coursework.domain.permissions import Permission
from services.coursework.domain.queue import Position, read_position
from services.coursework.domain.submissions import SubmissionState
from services.coursework.domain.text import storable
from services.coursework.operations import gradings, queue
from services.coursework.web.schemas.gradings import DecisionSchema, DraftSchema
from services.coursework.web.words import OUTCOMES, SUBMISSION_STATES
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form
from shared.web.language import current_language
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("gradings", __name__, url_prefix="/coursework")

Answer = str | Response | tuple[str, int]
_LEVEL = "level-"


@blueprint.get("/queue")
@requires(Permission.SUBMISSION_GRADE)
def show_queue() -> str:
    """What waits in the trainer's own runs, the oldest first; what was decided, on request."""
    state = request.args.get("state", "")
    run = request.args.get("run", "")
    with reading() as session:
        found = queue.open_queue(
            session,
            actor=current_actor(),
            state=SubmissionState(state) if state in _SHOWN else SubmissionState.SUBMITTED,
            run_id=_uuid(run) if run else None,
            module_code=storable(request.args.get("module", "")[:80]) or None,
            after=_position(requested_cursor()),
            limit=PAGE_SIZE + 1,
        )
    page = page_of(found.entries, key=lambda entry: [entry.submitted_at.isoformat(), str(entry.submission_id)])
    return render_template(
        "coursework/gradings/queue.html",
        queue=found,
        page=page,
        args=request.args,
        states=[(value, SUBMISSION_STATES[SubmissionState(value)][0]) for value in _SHOWN],
        tags=SUBMISSION_STATES,
        now=utc_now(),
    )


#: States in which trainers may look at submissions; drafts are the learner's alone.
_SHOWN = ("submitted", "returned", "accepted")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest from error


def _position(cursor: list[object] | None) -> Position | None:
    """A position of the queue from a cursor; one that is not ours is a bad request."""
    if cursor is None:
        return None
    try:
        return read_position(cursor)
    except ValueError as error:
        raise BadRequest from error


@blueprint.post("/queue/next")
@requires(Permission.SUBMISSION_GRADE)
def take_next() -> Response:
    """Take the oldest submission that waits and that nobody else holds."""
    with transaction() as session:
        besides = request.form.get("besides")
        submission_id = gradings.claim_next(
            session, actor=current_actor(), besides=_uuid(besides) if besides else None, now=utc_now()
        )
    if submission_id is None:
        flash(_("Nothing is waiting. Everything is graded."), "success")
        return redirect(url_for("gradings.show_queue"), 303)
    return redirect(url_for("gradings.show", submission_id=submission_id), 303)


@blueprint.get("/gradings/<uuid:submission_id>")
@requires(Permission.SUBMISSION_GRADE)
def show(submission_id: UUID) -> Answer:
    """The work beside the rubric."""
    return _page(submission_id, Form.empty(DecisionSchema()))


@blueprint.post("/gradings/<uuid:submission_id>/claim")
@requires(Permission.SUBMISSION_GRADE)
def claim(submission_id: UUID) -> Response:
    """Hold a submission, so that nobody else grades it meanwhile."""
    with transaction() as session:
        gradings.claim_submission(session, actor=current_actor(), submission_id=submission_id, now=utc_now())
    return redirect(url_for("gradings.show", submission_id=submission_id), 303)


@blueprint.post("/gradings/<uuid:submission_id>/leave")
@requires(Permission.SUBMISSION_GRADE)
def leave(submission_id: UUID) -> Response:
    """Give a submission back to the queue; the draft is kept."""
    with transaction() as session:
        gradings.release_claim(session, actor=current_actor(), submission_id=submission_id)
    return redirect(url_for("gradings.show_queue"), 303)


@blueprint.post("/gradings/<uuid:submission_id>/draft")
@requires(Permission.SUBMISSION_GRADE)
def save_draft(submission_id: UUID) -> Answer:
    """Keep levels and feedback, as they change or when the button is pressed."""
    form = Form.submitted(DraftSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            _save(session, submission_id, form)
    if not form.valid:
        return _page(submission_id, form)
    if request.headers.get("X-Autosave"):
        return Response(status=204)
    flash(_("The draft is saved. The learner does not see it yet."), "success")
    return redirect(url_for("gradings.preview", submission_id=submission_id), 303)


@blueprint.get("/gradings/<uuid:submission_id>/preview")
@requires(Permission.SUBMISSION_GRADE)
def preview(submission_id: UUID) -> str:
    """The draft as the learner will see it."""
    with reading() as session:
        page = _open(session, submission_id)
        html = queue.render_feedback(page.draft.feedback if page.draft else "")
    return render_template(
        "coursework/gradings/preview.html",
        page=page,
        html=html,
    )


@blueprint.post("/gradings/<uuid:submission_id>/decide")
@requires(Permission.SUBMISSION_GRADE)
def decide(submission_id: UUID) -> Answer:
    """Keep the form as the draft, and accept the work or return it for another round."""
    form = Form.submitted(DecisionSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            _save(session, submission_id, form)
            gradings.release_grading(
                session,
                actor=current_actor(),
                submission_id=submission_id,
                outcome=Outcome(form.values["outcome"]),
                now=utc_now(),
            )
    if not form.valid:
        return _page(submission_id, form)
    flash(_("Decided. The learner has been told and can read your feedback."), "success")
    return redirect(url_for("gradings.show", submission_id=submission_id), 303)


@blueprint.post("/gradings/<uuid:submission_id>/reopen")
@requires(Permission.SUBMISSION_GRADE)
def reopen(submission_id: UUID) -> Response:
    """Correct a decision: the work waits again, and the earlier grading is the draft."""
    with transaction() as session:
        gradings.reopen_grading(session, actor=current_actor(), submission_id=submission_id, now=utc_now())
    flash(_("The grading is open again. Decide anew when you are ready."), "info")
    return redirect(url_for("gradings.show", submission_id=submission_id), 303)


def _save(session: Any, submission_id: UUID, form: Form) -> None:
    gradings.save_draft(
        session,
        actor=current_actor(),
        submission_id=submission_id,
        chosen={name.removeprefix(_LEVEL): value for name, value in request.form.items() if name.startswith(_LEVEL)},
        feedback=form.values["feedback"],
        now=utc_now(),
    )


def _open(session: Any, submission_id: UUID) -> queue.GradingPage:
    return queue.open_grading(
        session,
        documents=resources().documents,
        actor=current_actor(),
        submission_id=submission_id,
        language=current_language(),
        now=utc_now(),
    )


def _page(submission_id: UUID, form: Form) -> Answer:
    with reading() as session:
        opened = _open(session, submission_id)
    page = render_template(
        "coursework/gradings/grading.html",
        page=opened,
        form=form,
        note_html=opened.work.note_html,
        feedback_html=opened.work.feedback_html,
        states=SUBMISSION_STATES,
        outcomes=OUTCOMES,
        feedback_limit=FEEDBACK_LIMIT,
    )
    return page if form.valid else (page, 422)
