"""The runs of the demo programme with their dates, places and attendance."""

from datetime import date, datetime, time, timedelta
from typing import Any

from shared.devkit.demo.associations import ASSOCIATIONS, CARRIERS, VENUES
from shared.devkit.demo.calendar import instant, saturday, workshop
from shared.devkit.demo.plans import MODULES, REGION_OF_TOWN, RUNS, Ending, RunPlan
from shared.devkit.demo.sign_ins import email_of

Json = dict[str, Any]

_DRAFTED_BEFORE = timedelta(days=60)
_PUBLISHED_BEFORE = timedelta(days=56)
_FIRST_REQUEST_BEFORE = timedelta(days=54)
_BETWEEN_REQUESTS = timedelta(hours=5)
_REGISTRATION_ENDS_BEFORE = timedelta(days=8)
_LEFT_BEFORE_NOW = timedelta(hours=6)

_ASSOCIATION_OF = {
    member: association.name for association in ASSOCIATIONS for member in (*association.board, *association.members)
}


def run_scenarios(*, today: date, now: datetime) -> list[Json]:
    """Every run, in the order in which they must be loaded: levels that build on each other come later."""
    return [_scenario(plan, today=today, now=now) for plan in RUNS]


def workshops(plan: RunPlan, *, today: date) -> list[Json]:
    """The dated workshops of a run, one a week."""
    codes = MODULES[plan.level_code]
    return [workshop(code, saturday(plan.first_week + week, today=today)) for week, code in enumerate(codes)]


def _scenario(plan: RunPlan, *, today: date, now: datetime) -> Json:
    sessions = workshops(plan, today=today)
    starts_on = saturday(plan.first_week, today=today)
    begins = datetime.fromisoformat(sessions[0]["starts_at"])
    asking = [*plan.people, *plan.waiting]
    region_code = REGION_OF_TOWN[plan.town]
    return {
        "title": plan.title,
        "level_code": plan.level_code,
        "carrier": next(c.name for c in CARRIERS if c.region_code == region_code),
        "venue": _venue_name(plan.town, region_code),
        "region_code": region_code,
        "town": plan.town,
        "capacity": plan.capacity,
        "seats_per_association": plan.seats_per_association,
        "language_notes": plan.language_notes,
        "starts_on": starts_on.isoformat(),
        "ends_on": saturday(plan.first_week + len(sessions) - 1, today=today).isoformat(),
        "registration_closes_at": instant(starts_on - _REGISTRATION_ENDS_BEFORE, time(23, 59, 59)).isoformat(),
        "drafted_at": _past(begins - _DRAFTED_BEFORE, now),
        "published_at": _past(begins - _PUBLISHED_BEFORE, now),
        "sessions": sessions,
        "trainers": [email_of(key) for key in plan.trainers],
        "ending": plan.ending,
        "requests": [
            {
                "person": key,
                "association": _ASSOCIATION_OF.get(key),
                "at": _past(begins - _FIRST_REQUEST_BEFORE + number * _BETWEEN_REQUESTS, now),
            }
            for number, key in enumerate(asking)
        ],
        "left": {"person": plan.left, "at": (now - _LEFT_BEFORE_NOW).isoformat()} if plan.left else None,
        "attendance": _attendance(plan, sessions, now=now),
        "tells_people": plan.ending is Ending.PUBLISHED,
    }


def _venue_name(town: str, region_code: str) -> str:
    """A venue in the town, or any of the region."""
    in_region = [venue for venue in VENUES if venue.region_code == region_code]
    return next((venue.name for venue in in_region if venue.town == town), in_region[0].name)


def _attendance(plan: RunPlan, sessions: list[Json], *, now: datetime) -> list[Json]:
    """For each workshop that is over: when attendance was noted, and who was not there."""
    if plan.ending not in (Ending.RUNNING, Ending.FINISHED):
        return []
    return [
        {
            "module_code": session["module_code"],
            "at": session["ends_at"],
            "absent": [key for key, missed in plan.away.items() if number in missed and number % 2 == 0],
            "excused": [key for key, missed in plan.away.items() if number in missed and number % 2 == 1],
        }
        for number, session in enumerate(sessions)
        if datetime.fromisoformat(session["ends_at"]) <= now
    ]


def _past(moment: datetime, now: datetime) -> str:
    """The moment, or a little while ago where it lies ahead."""
    return min(moment, now - timedelta(hours=1)).isoformat()
