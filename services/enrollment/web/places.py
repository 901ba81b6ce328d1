"""A person's places: asking, answering an offer, leaving, my courses; and the board's view of its people's places."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.places import ATTENDING_STATES, LIVE_STATES, PlaceState
from services.enrollment.operations import attendance, places
from services.enrollment.queries import associations as associations_query
from services.enrollment.queries import attendance as attendance_query
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import certificates as certificates_query
from services.enrollment.queries import places as places_query
from services.enrollment.web.runs import calendar_answer, render_run
from services.enrollment.web.schemas.places import MemberRequestSchema, PlaceRequestSchema
from shared.db import Session
from shared.kernel.actor import Role
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.errors import NotFound
from shared.ui.formats import format_date, format_time
from shared.web import current_actor, reading, requires, signed_in, transaction
from shared.web.fields import FormSchema
from shared.web.forms import Form

blueprint = Blueprint("places", __name__)

Answer = str | AnyResponse | tuple[str, int]


@blueprint.post("/runs/<uuid:run_id>/places")
@requires(Permission.PLACE_REQUEST)
def request_place(run_id: UUID) -> Answer:
    """Ask for a place for oneself."""
    form = Form.submitted(PlaceRequestSchema())
    place = None
    if form.valid:
        association_id = form.values["association_id"]
        place = _request(form, run_id=run_id, person_id=current_user.id, association_id=association_id)
    return _answer(run_id, place, form=form)


@blueprint.post("/runs/<uuid:run_id>/members")
@requires(Permission.PLACE_REQUEST)
def request_place_for_member(run_id: UUID) -> Answer:
    """The board asks for a place for one of its members."""
    form = Form.submitted(MemberRequestSchema())
    place = None
    if form.valid:
        association_id, person_id = form.values["member"]
        place = _request(form, run_id=run_id, person_id=person_id, association_id=association_id)
    return _answer(run_id, place, member_form=form)


def _request(form: Form, *, run_id: UUID, person_id: UUID, association_id: UUID | None) -> Any:
    with form.catching(), transaction() as session:
        return places.request_place(
            session,
            actor=current_actor(),
            run_id=run_id,
            person_id=person_id,
            association_id=association_id,
            now=utc_now(),
        )
    return None


def _answer(run_id: UUID, place: Any, **forms: Form) -> Answer:
    if place is None:
        with reading() as session:
            return render_run(session, run_id=run_id, **forms), 422
    if place.state is PlaceState.CONFIRMED:
        flash(_("The place is confirmed."), "success")
    else:
        flash(_("All seats are taken now. The request is on the waiting list."), "info")
    return redirect(url_for("runs.show_run", run_id=run_id), 303)


@blueprint.post("/places/<uuid:place_id>/accept")
@requires(Permission.PLACE_ANSWER)
def accept_offer(place_id: UUID) -> Answer:
    """Take the seat that is offered."""
    form = Form.submitted(FormSchema())
    with form.catching(), transaction() as session:
        places.accept_offer(session, actor=current_actor(), place_id=place_id, now=utc_now())
    with reading() as session:
        run_id = places_query.get_place(session, place_id).run_id
        if not form.valid:
            return render_run(session, run_id=run_id, form=form), 422
    flash(_("The place is confirmed."), "success")
    return redirect(url_for("runs.show_run", run_id=run_id), 303)


@blueprint.get("/places/<uuid:place_id>/leave")
@requires(Permission.PLACE_LEAVE)
def confirm_leaving(place_id: UUID) -> str:
    """Ask once more before a seat is given back."""
    with reading() as session:
        place = places_query.get_place(session, place_id)
        if not _may_leave(place):
            raise NotFound(kind="place")
        return render_template("enrollment/places/leave.html", place=place, run=place.run)


def _may_leave(place: Any) -> bool:
    """Whether the page shows something that concerns the person; the operation decides again."""
    actor = current_actor()
    is_board = place.association_id is not None and actor.holds(Role.BOARD, place.association_id)
    return place.person_id == actor.person_id or is_board or actor.holds(Role.CARRIER_STAFF, place.run.carrier_id)


@blueprint.post("/places/<uuid:place_id>/leave")
@requires(Permission.PLACE_LEAVE)
def leave_place(place_id: UUID) -> Answer:
    """Give a seat back, decline an offer, or leave the waiting list."""
    form = Form.submitted(FormSchema())
    with form.catching(), transaction() as session:
        places.leave_place(session, actor=current_actor(), place_id=place_id, now=utc_now())
    with reading() as session:
        run_id = places_query.get_place(session, place_id).run_id
        if not form.valid:
            return render_run(session, run_id=run_id, form=form), 422
    flash(_("Done. The next person on the waiting list is told, if somebody waits."), "success")
    return redirect(url_for("runs.show_run", run_id=run_id), 303)


@blueprint.get("/my/courses")
@signed_in
def list_own() -> str:
    """Everything that the person has and had: courses, attendance, certificates, and what comes next."""
    with reading() as session:
        own = places_query.list_places_of_person(session, person_id=current_user.id)
        live = [place for place in own if place.state in LIVE_STATES]
        certificates = certificates_query.list_certificates(session, person_id=current_user.id)
        certified = {copy.level_code for copy in certificates if copy.revoked_on is None}
        levels = catalogue_query.list_levels(session)
        return render_template(
            "enrollment/places/own.html",
            courses=[_course(session, place) for place in live],
            past=[place for place in own if place.state not in LIVE_STATES],
            certificates=certificates,
            steps=[_step(level, certified, taking={place.run.level.code for place in live}) for level in levels],
            level_titles={level.code: level.title for level in levels},
        )


def _course(session: Session, place: Any) -> dict[str, Any]:
    """One course as the page of my courses shows it."""
    is_waiting = place.state is PlaceState.WAITING
    marks = attendance_query.list_marks_of_place(session, place_id=place.id)
    return {
        "place": place,
        "run": place.run,
        "turn": places_query.find_turn(session, run=place.run, place_id=place.id) if is_waiting else None,
        "standing": attendance.get_standing(session, run=place.run, place=place, now=utc_now()),
        "is_attending": place.state in ATTENDING_STATES,
        "dates": [_date(entry, marks.get(entry.id)) for entry in place.run.sessions],
    }


def _date(entry: Any, mark: Any) -> dict[str, Any]:
    """One workshop in the timeline of a course, with how the person's presence was noted."""
    words = {None: None, "present": _("Present"), "excused": _("Excused"), "absent": _("Absent")}
    signs = {None: ("neutral", "calendar"), "present": ("success", "check")}
    state = mark.state.value if mark else None
    tone, icon = signs.get(state, ("warning", "info"))
    hours = f"{format_time(entry.starts_at)} – {format_time(entry.ends_at)}"
    at = f"{format_date(entry.starts_at)}, {hours}"
    return {"title": entry.module.title, "at": at, "text": words[state], "tone": tone, "icon": icon}


def _step(level: Any, certified: set[str], *, taking: set[str]) -> dict[str, Any]:
    """One level in the timeline of the person's way through the programme."""
    if level.code in certified:
        text, tone, icon = _("You hold the certificate."), "success", "certificate"
    elif level.code in taking:
        text, tone, icon = _("You have asked for a course of this level."), "info", "book"
    elif level.requires is None or level.requires.code in certified:
        text, tone, icon = _("You can ask for a place in this level."), "info", "arrow-right"
    else:
        text = _("For this level you need the certificate “%(required)s” first.", required=level.requires.title)
        tone, icon = "neutral", "lock"
    return {"title": level.title, "text": text, "tone": tone, "icon": icon, "is_current": tone == "info"}


@blueprint.get("/my/courses.ics")
@signed_in
def download_own_calendar() -> Response:
    """All dates of the courses in which the person has a place."""
    with reading() as session:
        own = places_query.list_places_of_person(session, person_id=current_user.id)
        return calendar_answer([place.run for place in own if place.state in ATTENDING_STATES])


@blueprint.get("/associations/<uuid:association_id>/places")
@requires(Permission.PLACE_READ_OF_ASSOCIATION)
def list_of_association(association_id: UUID) -> str:
    """The board sees where its people have places or wait, and whether the association has its pass."""
    if not current_actor().holds(Role.BOARD, association_id):
        raise NotFound(kind="association")
    with reading() as session:
        copy = certificates_query.find_pass(session, association_id=association_id)
        return render_template(
            "enrollment/places/association.html",
            association=associations_query.get_association(session, association_id),
            entries=places_query.list_places_of_association(session, association_id=association_id),
            pass_copy=copy,
            has_valid_pass=certificates_query.pass_is_valid(copy, today=programme_date(utc_now())),
        )
