"""Assignments: the task, the draft with its files, handing in, feedback."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.coursework.domain.permissions import Permission
from services.coursework.domain.uploads import CONTENT_TYPES, EXTENSIONS, SIZE_LIMIT
from services.coursework.operations import assignments, submissions, uploads
from services.coursework.web.schemas.assignments import FileSchema, HandInSchema, NoteSchema
from services.coursework.web.words import OUTCOMES, REFUSALS, SUBMISSION_STATES, UPLOAD_STATES
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form
from shared.web.language import current_language

blueprint = Blueprint("assignments", __name__, url_prefix="/coursework")

Answer = str | Response | tuple[str, int]


@blueprint.get("/runs/<uuid:run_id>/assignment/<module_code>")
@requires(Permission.RUN_READ)
def show(run_id: UUID, module_code: str) -> Answer:
    """The task and the learner's own work on it."""
    return _page(run_id, module_code, Form.empty(NoteSchema()))


@blueprint.get("/runs/<uuid:run_id>/assignment/<module_code>/files")
@requires(Permission.RUN_STUDY)
def files(run_id: UUID, module_code: str) -> str:
    """The files of the draft alone, for looking again while one is being checked."""
    return render_template("coursework/assignments/_files.html", **_facts(run_id, module_code))


@blueprint.post("/runs/<uuid:run_id>/assignment/<module_code>/note")
@requires(Permission.SUBMISSION_WRITE)
def save_note(run_id: UUID, module_code: str) -> Answer:
    """Keep the text, as it changes or when the button is pressed."""
    form = Form.submitted(NoteSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            submissions.save_note(
                session,
                actor=current_actor(),
                run_id=run_id,
                module_code=module_code,
                note=form.values["note"],
                now=utc_now(),
            )
    if not form.valid:
        return _page(run_id, module_code, form)
    if request.headers.get("X-Autosave"):
        return Response(status=204)
    flash(_("Your text is saved."), "success")
    return redirect(_address(run_id, module_code), 303)


@blueprint.post("/runs/<uuid:run_id>/assignment/<module_code>/files")
@requires(Permission.SUBMISSION_WRITE)
def add_file(run_id: UUID, module_code: str) -> Answer:
    """Take note of a file that lies in the store, or take the file itself from a form without JavaScript."""
    form = Form.submitted(FileSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            if form.values["file_upload"]:
                uploads.report_arrival(
                    session, actor=current_actor(), upload_id=form.values["file_upload"], now=utc_now()
                )
            else:
                _receive(session, run_id, module_code)
    if not form.valid:
        return _page(run_id, module_code, form)
    flash(_("The file has arrived. We are checking it; this takes a few seconds."), "info")
    return redirect(_address(run_id, module_code), 303)


def _receive(session: Any, run_id: UUID, module_code: str) -> None:
    sent = request.files.get("file")
    # One byte more than the limit is enough to know that it is too much.
    data = sent.stream.read(SIZE_LIMIT + 1) if sent else b""
    uploads.receive_file(
        session,
        documents=resources().documents,
        actor=current_actor(),
        run_id=run_id,
        module_code=module_code,
        name=(sent.filename if sent else None) or "",
        content_type=sent.mimetype if sent else "",
        data=data,
        now=utc_now(),
    )


@blueprint.post("/uploads/<uuid:upload_id>/remove")
@requires(Permission.SUBMISSION_WRITE)
def remove_file(upload_id: UUID) -> Response:
    """Take a file out of a draft."""
    with transaction() as session:
        submission = uploads.remove_upload(
            session, documents=resources().documents, actor=current_actor(), upload_id=upload_id
        )
    flash(_("The file is removed."), "success")
    return redirect(_address(submission.run_id, submission.module_code), 303)


@blueprint.post("/submissions/<uuid:submission_id>/hand-in")
@requires(Permission.SUBMISSION_WRITE)
def hand_in(submission_id: UUID) -> Answer:
    """Give the draft, with the text as it stands in the form, to the trainers."""
    form = Form.submitted(HandInSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            submissions.hand_in(
                session,
                actor=current_actor(),
                submission_id=submission_id,
                note=form.values["note"],
                now=utc_now(),
            )
    if not form.valid:
        with reading() as session:
            run_id, module_code = submissions.locate(session, actor=current_actor(), submission_id=submission_id)
        return _page(run_id, module_code, form)
    flash(_("Handed in. Your trainer has been given your work."), "success")
    return redirect(url_for("assignments.feedback", submission_id=submission_id), 303)


@blueprint.get("/submissions/<uuid:submission_id>")
@requires(Permission.SUBMISSION_READ)
def feedback(submission_id: UUID) -> str:
    """What was handed in, and what the trainer says about it."""
    with reading() as session:
        work = assignments.open_feedback(
            session,
            documents=resources().documents,
            actor=current_actor(),
            submission_id=submission_id,
            language=current_language(),
        )
    return render_template(
        "coursework/assignments/feedback.html",
        work=work,
        note_html=work.note_html,
        feedback_html=work.feedback_html,
        states=SUBMISSION_STATES,
        outcomes=OUTCOMES,
    )


def _address(run_id: UUID, module_code: str) -> str:
    return url_for("assignments.show", run_id=run_id, module_code=module_code)


def _facts(run_id: UUID, module_code: str) -> dict[str, Any]:
    with reading() as session:
        opened = assignments.open_assignment(
            session,
            documents=resources().documents,
            actor=current_actor(),
            run_id=run_id,
            module_code=module_code,
            language=current_language(),
        )
    return {"opened": opened, "upload_states": UPLOAD_STATES, "refusals": REFUSALS}


def _page(run_id: UUID, module_code: str, form: Form) -> Answer:
    facts = _facts(run_id, module_code)
    types = facts["opened"].accepted_types
    page = render_template(
        "coursework/assignments/assignment.html",
        form=form,
        html=facts["opened"].html,
        accept=",".join([CONTENT_TYPES[t] for t in types] + [f".{EXTENSIONS[t]}" for t in types]),
        type_names=", ".join(EXTENSIONS[t].upper() for t in types),
        max_bytes=SIZE_LIMIT,
        states=SUBMISSION_STATES,
        **facts,
    )
    return page if form.valid else (page, 422)
