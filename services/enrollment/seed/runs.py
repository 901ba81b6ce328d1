"""The demo programme's course runs, each brought to where its story stands, with `now` of the day it happened."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.attendance import MarkState
from services.enrollment.domain.places import ATTENDING_STATES, LIVE_STATES
from services.enrollment.models.associations import Association
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from services.enrollment.operations import attendance, places, runs, sessions
from services.enrollment.operations.runs import RunDetails
from services.enrollment.queries.carriers import list_venues
from services.enrollment.seed.organisations import acting, find_carrier
from services.enrollment.seed.people import People
from shared.kernel.actor import SYSTEM

Json = dict[str, Any]


def exists(session: Session, facts: Json) -> bool:
    """Whether a run of this title and level is there already."""
    return session.scalar(sa.select(Run.id).where(Run.title == facts["title"])) is not None


def load_run(session: Session, known: People, facts: Json) -> None:
    """The run with its places, attendance and ending."""
    run = _draft(session, facts)
    ending = facts["ending"]
    if ending == "draft":
        return
    runs.publish_run(session, actor=SYSTEM, run_id=run.id, now=_at(facts["published_at"]))
    for request in facts["requests"]:
        _request(session, known, run, request)
    if left := facts["left"]:
        place = _place(session, run, known[left["person"]].id)
        places.leave_place(
            session, actor=acting(session, known[left["person"]]), place_id=place.id, now=_at(left["at"])
        )
    if ending == "cancelled":
        later = _at(facts["requests"][-1]["at"]) + timedelta(days=1)
        runs.cancel_run(session, actor=SYSTEM, run_id=run.id, now=later)
    if ending in ("running", "finished"):
        _hold(session, known, run, facts)


def _draft(session: Session, facts: Json) -> Run:
    carrier = find_carrier(session, facts["carrier"])
    assert carrier is not None
    venue = next(v for v in list_venues(session, carrier_id=carrier.id) if v.name == facts["venue"])
    now = _at(facts["drafted_at"])
    details = RunDetails(
        title=facts["title"],
        region_code=facts["region_code"],
        town=facts["town"],
        venue_id=venue.id,
        capacity=facts["capacity"],
        seats_per_association=facts["seats_per_association"],
        registration_closes_at=_at(facts["registration_closes_at"]),
        starts_on=date.fromisoformat(facts["starts_on"]),
        ends_on=date.fromisoformat(facts["ends_on"]),
        language_notes=facts["language_notes"],
    )
    run = runs.create_run(
        session, actor=SYSTEM, carrier_id=carrier.id, level_code=facts["level_code"], details=details, now=now
    )
    for planned in facts["sessions"]:
        sessions.add_session(
            session,
            actor=SYSTEM,
            run_id=run.id,
            module_code=planned["module_code"],
            starts_at=_at(planned["starts_at"]),
            ends_at=_at(planned["ends_at"]),
            now=now,
        )
    session.flush()
    for email in facts["trainers"]:
        sessions.assign_trainer(session, actor=SYSTEM, run_id=run.id, email=email, now=now)
    return run


def _request(session: Session, known: People, run: Run, request: Json) -> None:
    person = known[request["person"]]
    association_id = None
    if name := request["association"]:
        association_id = session.scalar(sa.select(Association.id).where(Association.name == name))
    places.request_place(
        session,
        actor=acting(session, person),
        run_id=run.id,
        person_id=person.id,
        association_id=association_id,
        now=_at(request["at"]),
    )
    session.flush()


def _hold(session: Session, known: People, run: Run, facts: Json) -> None:
    """The course begins, attendance is noted workshop by workshop, and perhaps it ends."""
    runs.advance_run(session, run_id=run.id, now=_at(facts["sessions"][0]["starts_at"]))
    by_module = {planned.module.code: planned for planned in run.sessions}
    for noted in facts["attendance"]:
        course_session, now = by_module[noted["module_code"]], _at(noted["at"])
        for state, keys in ((MarkState.ABSENT, noted["absent"]), (MarkState.EXCUSED, noted["excused"])):
            for key in keys:
                place = _place(session, run, known[key].id)
                attendance.mark_attendance(
                    session, actor=SYSTEM, session_id=course_session.id, place_id=place.id, state=state, now=now
                )
        session.flush()
        attendance.mark_rest_present(session, actor=SYSTEM, session_id=course_session.id, now=now)
    if facts["ending"] == "finished":
        runs.advance_run(session, run_id=run.id, now=_at(facts["sessions"][-1]["ends_at"]) + timedelta(days=1))


def _place(session: Session, run: Run, person_id: Any) -> Place:
    statement = sa.select(Place).where(
        Place.run_id == run.id, Place.person_id == person_id, Place.state.in_(LIVE_STATES | ATTENDING_STATES)
    )
    return session.scalars(statement).one()


def _at(value: str) -> datetime:
    return datetime.fromisoformat(value)
