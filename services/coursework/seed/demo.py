"""Loading the demo programme: `python -m services.coursework.cli seed-demo` with the scenario on standard input.

Safe to repeat. Brings the programme's content in first, then does the invented learners' work as soon as enrollment's
events about their places have arrived.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.coursework.domain.places import PlaceState
from services.coursework.models import LevelCopy, PersonCopy, PlaceCopy, RunCopy
from services.coursework.operations.seeding import ensure_content
from services.coursework.operations.seeding.assignments import ensure_assignment
from services.coursework.queries.assignments import list_assignments
from services.coursework.seed import learners
from shared.config import Settings
from shared.kernel.clock import utc_now
from shared.resources import Resources

Json = dict[str, Any]
Found = TypeVar("Found")

_PATIENCE_SECONDS = 300.0
_LOOK_AGAIN_SECONDS = 0.2


def load_demo(resources: Resources[Settings], scenario: Json) -> None:
    """Load everything. Raises SystemExit where facts of enrollment do not arrive."""
    with resources.database.transaction() as session:
        ensure_content(session, resources.documents, utc_now())
        _ensure_assignments(session, scenario["assignments"])
    names = {person["key"]: person["full_name"] for person in scenario["people"]}
    for work in scenario["work"]:
        for person in work["people"]:
            _load_work(resources, names, work, person)


def _load_work(resources: Resources[Settings], names: dict[str, str], work: Json, person: Json) -> None:
    """One learner in one run, in a transaction of its own, once all facts about it are there."""
    steps = person["steps"]
    _wait(resources, f"the level {work['level_code']}", partial(_find_level, code=work["level_code"]))
    place = _wait(
        resources,
        f"the place of {person['person']} in “{work['run']}”",
        partial(_find_place, title=work["run"], full_name=names[person["person"]]),
    )
    graders = {
        key: _wait(resources, f"the account of {key}", partial(_find_person, full_name=names[key]))
        for key in {step["grader"] for step in steps}
    }
    with resources.database.transaction() as session:
        learners.do_work(session, place, steps, graders=graders)


def _ensure_assignments(session: Session, assignments: dict[str, Json]) -> None:
    """Give the upper levels something to hand in, where the programme's content has nothing yet."""
    session.flush()
    known = list_assignments(session, module_codes=list(assignments))
    for module_code, source in assignments.items():
        if module_code not in known:
            ensure_assignment(session, code=module_code, source=source)


def _wait(resources: Resources[Settings], what: str, find: Callable[[Session], Found | None]) -> Found:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        with resources.database.reading() as session:
            found = find(session)
        if found is not None:
            return found
        if time.monotonic() > deadline:
            raise SystemExit(
                f"coursework has not heard of {what} within {_PATIENCE_SECONDS:.0f} s: do enrollment's relay and "
                "coursework's worker run? Loading again is safe."
            )
        time.sleep(_LOOK_AGAIN_SECONDS)


def _find_level(session: Session, *, code: str) -> str | None:
    return session.scalar(sa.select(LevelCopy.code).where(LevelCopy.code == code))


def _find_person(session: Session, *, full_name: str) -> UUID | None:
    return session.scalar(sa.select(PersonCopy.person_id).where(PersonCopy.full_name == full_name))


def _find_place(session: Session, *, title: str, full_name: str) -> PlaceCopy | None:
    """The confirmed place, once run and person are known too."""
    return session.scalar(
        sa.select(PlaceCopy)
        .join(PersonCopy, PersonCopy.person_id == PlaceCopy.person_id)
        .join(RunCopy, RunCopy.run_id == PlaceCopy.run_id)
        .where(
            RunCopy.title == title,
            PersonCopy.full_name == full_name,
            PlaceCopy.state == PlaceState.CONFIRMED,
        )
    )
