"""What the subjects give to the first page. Each adds its values here and its part in templates/enrollment/home."""

from datetime import datetime
from typing import Any
from uuid import UUID

from services.enrollment.domain.places import ATTENDING_STATES, PlaceState
from services.enrollment.queries import places as places_query
from services.enrollment.queries import runs as runs_query
from shared.db import Session
from shared.kernel.actor import Role
from shared.kernel.clock import programme_date, utc_now
from shared.web import current_actor

_RUNS_SHOWN = 3


def for_strangers(session: Session) -> dict[str, Any]:
    """Values of the page for whoever has not signed in: the next courses that have free seats."""
    search = runs_query.RunSearch(only_free=True)
    runs = runs_query.list_open_runs(session, search=search, today=programme_date(utc_now()), limit=_RUNS_SHOWN)
    return {"next_runs": runs}


def for_person(session: Session, person_id: UUID) -> dict[str, Any]:
    """Values of the page for whoever has: what waits for an answer, what comes next, what is to be taught."""
    now = utc_now()
    places = places_query.list_places_of_person(session, person_id=person_id)
    attending = [place.run for place in places if place.state in ATTENDING_STATES]
    is_trainer = current_actor().holds(Role.TRAINER)
    teaching = runs_query.list_runs_of_trainer(session, person_id=person_id) if is_trainer else []
    return {
        "offers": [place for place in places if place.state is PlaceState.OFFERED],
        "waiting_places": [place for place in places if place.state is PlaceState.WAITING],
        "next_session": _next_session(attending, now),
        "next_teaching": _next_session(teaching, now),
        "has_course": bool(attending),
        "is_trainer": is_trainer,
    }


def _next_session(runs: Any, now: datetime) -> Any:
    """The session of these runs that is under way or comes next; None where none is left."""
    coming = [entry for run in runs for entry in run.sessions if entry.ends_at > now]
    return min(coming, key=lambda entry: entry.starts_at, default=None)
