"""The trainer's pages: my courses, and the attendance list of a session, made for a phone held in one hand."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from services.enrollment.domain.attendance import MarkState, is_markable
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.places import ATTENDING_STATES
from services.enrollment.operations import attendance
from services.enrollment.queries import attendance as attendance_query
from services.enrollment.queries import places as places_query
from services.enrollment.queries import runs as runs_query
from services.enrollment.web.schemas.attendance import MarkSchema
from shared.db import Session
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, reading, requires, transaction
from shared.web.fields import FormSchema
from shared.web.forms import Form
from shared.web.htmx import wants_part

blueprint = Blueprint("attendance", __name__, url_prefix="/teaching")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Permission.RUN_STAFF)
def list_teaching() -> str:
    """The courses in which the person teaches, with their sessions."""
    with reading() as session:
        found = runs_query.list_runs_of_trainer(session, person_id=current_user.id)
        return render_template("enrollment/attendance/teaching.html", runs=found, now=utc_now())


@blueprint.get("/sessions/<uuid:session_id>")
@requires(Permission.ATTENDANCE_MARK)
def show_session(session_id: UUID) -> str:
    """The list of one session: three big buttons a person."""
    with reading() as session:
        return _render(session, session_id=session_id, form=None)


@blueprint.post("/sessions/<uuid:session_id>/places/<uuid:place_id>")
@requires(Permission.ATTENDANCE_MARK)
def mark_attendance(session_id: UUID, place_id: UUID) -> Answer:
    """One tap: saved at once."""
    form = Form.submitted(MarkSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            attendance.mark_attendance(
                session,
                actor=current_actor(),
                session_id=session_id,
                place_id=place_id,
                state=MarkState(form.values["state"]),
                now=utc_now(),
            )
    if not form.valid:
        with reading() as session:
            return _render(session, session_id=session_id, form=form), 422
    if wants_part():
        with reading() as session:
            return render_template("enrollment/attendance/_person.html", **_person(session, session_id, place_id))
    return redirect(url_for(".show_session", session_id=session_id, _anchor=f"place-{place_id}"), 303)


@blueprint.post("/sessions/<uuid:session_id>/rest")
@requires(Permission.ATTENDANCE_MARK)
def mark_rest_present(session_id: UUID) -> Answer:
    """Note everybody without a mark as present."""
    form = Form.submitted(FormSchema())
    count = 0
    with form.catching(), transaction() as session:
        count = attendance.mark_rest_present(session, actor=current_actor(), session_id=session_id, now=utc_now())
    if not form.valid:
        with reading() as session:
            return _render(session, session_id=session_id, form=form), 422
    flash(ngettext("%(num)s person noted as present.", "%(num)s people noted as present.", count), "success")
    return redirect(url_for(".show_session", session_id=session_id), 303)


def _get_markable(session: Session, session_id: UUID) -> Any:
    course_session = runs_query.get_session(session, session_id)
    facts = Facts(carrier_id=course_session.run.carrier_id, run_id=course_session.run_id)
    if not allows(PERMISSIONS, current_actor(), Permission.ATTENDANCE_MARK, facts):
        raise NotFound(kind="session")
    return course_session


def _render(session: Session, *, session_id: UUID, form: Form | None) -> str:
    course_session = _get_markable(session, session_id)
    marks = attendance_query.list_marks_of_session(session, session_id=session_id)
    return render_template(
        "enrollment/attendance/session.html",
        course_session=course_session,
        run=course_session.run,
        roster=places_query.list_roster(session, run_id=course_session.run_id, states=ATTENDING_STATES),
        marks=marks,
        form=form,
        is_markable=is_markable(starts_at=course_session.starts_at, now=utc_now()),
    )


def _person(session: Session, session_id: UUID, place_id: UUID) -> dict[str, Any]:
    """What the part of one person shows."""
    course_session = _get_markable(session, session_id)
    roster = places_query.list_roster(session, run_id=course_session.run_id, states=ATTENDING_STATES)
    entry = next(entry for entry in roster if entry.place.id == place_id)
    marks = attendance_query.list_marks_of_session(session, session_id=session_id)
    return {"entry": entry, "mark": marks.get(place_id), "course_session": course_session, "is_markable": True}
