"""Course runs as everybody sees them: the list of courses near me, and one course with its request button."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from services.enrollment.domain.calendar import Entry, write_calendar
from services.enrollment.domain.catalogue import prerequisite_missing
from services.enrollment.domain.places import PlaceState
from services.enrollment.domain.runs import RunState, is_registration_open
from services.enrollment.operations.places import level_facts
from services.enrollment.queries import associations as associations_query
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import certificates as certificates_query
from services.enrollment.queries import memberships as memberships_query
from services.enrollment.queries import places as places_query
from services.enrollment.queries import regions as regions_query
from services.enrollment.queries import runs as runs_query
from services.enrollment.web.schemas.places import MemberRequestSchema, PlaceRequestSchema
from shared.db import Session
from shared.kernel.actor import Role
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.errors import NotFound
from shared.web import current_actor, public, reading, resources, signed_in
from shared.web.forms import Form
from shared.web.htmx import wants_part
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("runs", __name__)

_MEMBERS_SHOWN = 200


@blueprint.get("/runs")
@public
def list_runs() -> str:
    """Courses near me: open to everybody, filtered by level, region, nearness and free seats."""
    search = runs_query.RunSearch(
        level_code=_asked("level"),
        region_code=_asked("region"),
        near=_asked("near"),
        only_free=bool(request.args.get("free")),
    )
    with reading() as session:
        rows = runs_query.list_open_runs(
            session, search=search, today=programme_date(utc_now()), after=_after(), limit=PAGE_SIZE + 1
        )
        page = page_of(rows, key=lambda run: (run.starts_on, run.id))
        template = "enrollment/runs/_results.html" if wants_part() else "enrollment/runs/list.html"
        return render_template(
            template,
            page=page,
            search=search,
            levels=[(level.code, level.title) for level in catalogue_query.list_levels(session)],
            regions=[(region.code, region.name) for region in regions_query.list_regions(session)],
            now=utc_now(),
        )


def _asked(name: str) -> str:
    """What was typed into a field of the search; characters that no name has are left out."""
    typed = request.args.get(name, "")[:80]
    return "".join(letter for letter in typed if letter.isprintable()).strip()


def _after() -> tuple[date, UUID] | None:
    cursor = requested_cursor()
    if cursor is None:
        return None
    try:
        starts_on, run_id = cursor
        return date.fromisoformat(starts_on), UUID(run_id)
    except (TypeError, ValueError, AttributeError):
        return None


@blueprint.get("/runs/<uuid:run_id>")
@public
def show_run(run_id: UUID) -> str:
    """One course: what, when, where, who, how many seats, and what stands between the person and a seat."""
    with reading() as session:
        return render_run(session, run_id=run_id)


def render_run(session: Session, *, run_id: UUID, form: Form | None = None, member_form: Form | None = None) -> str:
    """The page of a course, with a form that was refused where there is one. A draft is not found here."""
    run = runs_query.get_run(session, run_id)
    if run.state is RunState.DRAFT:
        raise NotFound(kind="run")
    now = utc_now()
    facts: dict[str, Any] = {
        "run": run,
        "form": form or Form.empty(PlaceRequestSchema()),
        "member_form": member_form or Form.empty(MemberRequestSchema()),
        "now": now,
        "free": run.capacity - run.seats_taken,
        "waiting": places_query.count_waiting(session, run_id=run.id),
        "trainers": runs_query.list_trainers(session, run_id=run.id),
        "is_open": is_registration_open(state=run.state, registration_closes_at=run.registration_closes_at, now=now),
    }
    if current_user.is_authenticated:
        facts |= _own_facts(session, run=run) | _board_facts(session)
    return render_template("enrollment/runs/page.html", **facts)


def _own_facts(session: Session, *, run: Any) -> dict[str, Any]:
    place = places_query.find_live_place(session, run_id=run.id, person_id=current_user.id)
    codes = certificates_query.list_certified_codes(session, person_id=current_user.id)
    is_waiting = place is not None and place.state is PlaceState.WAITING
    return {
        "place": place,
        "turn": places_query.find_turn(session, run=run, place_id=place.id) if place and is_waiting else None,
        "missing": prerequisite_missing(level_facts(run), certified_codes=codes),
        "associations": [
            (association.id, association.name)
            for association, _ in associations_query.list_associations_of(session, person_id=current_user.id)
        ],
    }


def _board_facts(session: Session) -> dict[str, Any]:
    """Members of the associations on whose board the person is, to ask for one of them: options of a list."""
    members = []
    for association_id in sorted(current_actor().scope_ids(Role.BOARD)):
        name = associations_query.get_association(session, association_id).name
        found = memberships_query.list_members(session, association_id=association_id, limit=_MEMBERS_SHOWN)
        members += [(f"{association_id}:{member.person_id}", f"{member.full_name} ({name})") for member in found]
    return {"members": members}


@blueprint.get("/runs/<uuid:run_id>/calendar.ics")
@signed_in
def download_calendar(run_id: UUID) -> Response:
    """The dates of a course in which the person has a place, for their own calendar."""
    with reading() as session:
        run = runs_query.get_run(session, run_id)
        place = places_query.find_live_place(session, run_id=run_id, person_id=current_user.id)
        if place is None:
            raise NotFound(kind="run")
        return calendar_answer([run])


def calendar_answer(runs: list[Any]) -> Response:
    """The sessions of these runs as an iCalendar file."""
    entries = [_entry(run, course_session) for run in runs for course_session in run.sessions]
    text = write_calendar(entries, now=utc_now())
    headers = {"Content-Disposition": "attachment; filename=memo.ics"}
    return Response(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _entry(run: Any, course_session: Any) -> Entry:
    venue = run.venue
    place = f"{venue.name}, {venue.street}, {venue.postcode} {venue.town}" if venue else run.town
    return Entry(
        id=course_session.id,
        starts_at=course_session.starts_at,
        ends_at=course_session.ends_at,
        title=f"{course_session.module.title} ({run.title})",
        place=place,
        url=f"{resources().settings.base_url}{url_for('runs.show_run', run_id=run.id)}",
        is_cancelled=run.state is RunState.CANCELLED,
    )
