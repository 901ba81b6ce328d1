"""Attendance: marks of a session, and what follows for the person's standing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain import attendance as rules
from services.enrollment.domain.attendance import MarkState, Standing
from services.enrollment.domain.catalogue import total_units
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.places import ATTENDING_STATES
from services.enrollment.domain.programme_settings import attendance_threshold_key
from services.enrollment.models.attendance import AttendanceMark
from services.enrollment.models.places import Place
from services.enrollment.models.runs import CourseSession, Run
from services.enrollment.queries import attendance as attendance_query
from services.enrollment.queries import places as places_query
from services.enrollment.queries import programme_settings as settings_query
from services.enrollment.queries import runs as runs_query
from shared.contracts.enrollment import AttendanceCompleted, AttendanceReopened
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox


def mark_attendance(
    session: Session, *, actor: Actor, session_id: UUID, place_id: UUID, state: MarkState, now: datetime
) -> AttendanceMark:
    """Note or correct how one person's presence in one session was. The last mark counts.

    Fires AttendanceCompleted when the person reaches what the level demands, AttendanceReopened when a correction
    takes that back. Raises AttendanceTooEarly before the session's day.
    """
    course_session = _get_markable_session(session, actor=actor, session_id=session_id, now=now)
    place = places_query.lock_place(session, place_id)
    if place.run_id != course_session.run_id or place.state not in ATTENDING_STATES:
        raise NotFound(kind="place")
    mark = _set_mark(session, actor=actor, course_session=course_session, place=place, state=state, now=now)
    _update_standing(session, run=course_session.run, place=place, now=now)
    return mark


def mark_rest_present(session: Session, *, actor: Actor, session_id: UUID, now: datetime) -> int:
    """Note everybody without a mark in the session as present. How many that were."""
    course_session = _get_markable_session(session, actor=actor, session_id=session_id, now=now)
    marked = attendance_query.list_marks_of_session(session, session_id=session_id)
    places = places_query.list_places(session, run_id=course_session.run_id, states=ATTENDING_STATES)
    rest = [place for place in places if place.id not in marked]
    for place in rest:
        _set_mark(session, actor=actor, course_session=course_session, place=place, state=MarkState.PRESENT, now=now)
        _update_standing(session, run=course_session.run, place=place, now=now)
    return len(rest)


def get_standing(session: Session, *, run: Run, place: Place, now: datetime) -> Standing:
    """What the person has attended of what the level offers, by the threshold that holds now."""
    offered = total_units(attendance_query.list_module_units(session, level_id=run.level_id))
    threshold = settings_query.get_setting(session, attendance_threshold_key(run.level.code), now=now)
    return rules.standing([place.units_attended], units_offered=offered, threshold_percent=threshold)


def _get_markable_session(session: Session, *, actor: Actor, session_id: UUID, now: datetime) -> CourseSession:
    course_session = runs_query.get_session(session, session_id)
    run = course_session.run
    require(PERMISSIONS, actor, Permission.ATTENDANCE_MARK, Facts(carrier_id=run.carrier_id, run_id=run.id))
    rules.check_markable(starts_at=course_session.starts_at, now=now)
    return course_session


def _set_mark(
    session: Session, *, actor: Actor, course_session: CourseSession, place: Place, state: MarkState, now: datetime
) -> AttendanceMark:
    mark = attendance_query.find_mark(session, session_id=course_session.id, place_id=place.id)
    before = mark.state if mark else None
    if mark is None:
        mark = AttendanceMark(session_id=course_session.id, place_id=place.id)
        session.add(mark)
    mark.state, mark.units = state, rules.units_of(state, course_session.units)
    mark.marked_by_id, mark.marked_at = actor.person_id, now
    session.flush()  # The sum of the marks is read from the table.
    if before is not state:
        audit.record(
            session,
            actor=actor,
            action="attendance.marked",
            subject="place",
            subject_id=place.id,
            now=now,
            before={"state": before.value} if before else None,
            after={"state": state.value, "session_id": str(course_session.id)},
        )
    return mark


def _update_standing(session: Session, *, run: Run, place: Place, now: datetime) -> None:
    """Sum up the marks of a locked place and tell the others where its completeness has changed."""
    place.units_attended = attendance_query.sum_units(session, place_id=place.id)
    standing = get_standing(session, run=run, place=place, now=now)
    was_complete = place.attendance_completed_on is not None
    if standing.is_complete and not was_complete:
        place.attendance_completed_on = programme_date(now)
        completed = AttendanceCompleted(
            place_id=place.id,
            run_id=run.id,
            person_id=place.person_id,
            level_code=run.level.code,
            units_attended=standing.units_attended,
            units_offered=standing.units_offered,
            completed_on=programme_date(now),
        )
        outbox.append(session, completed, now=now)
    elif was_complete and not standing.is_complete:
        place.attendance_completed_on = None
        reopened = AttendanceReopened(
            place_id=place.id, run_id=run.id, person_id=place.person_id, level_code=run.level.code
        )
        outbox.append(session, reopened, now=now)
