"""Loading the demo programme: `python -m services.enrollment.cli seed-demo` with the scenario on standard input.

Safe to repeat: people, associations, carriers and runs that are there already are passed over. Levels that ask for a
certificate wait until it has come the usual way, through the other services.
"""

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from services.enrollment.config import EnrollmentSettings
from services.enrollment.operations.catalogue import ensure_catalogue
from services.enrollment.queries.certificates import list_certified_codes
from services.enrollment.seed import organisations, people, runs
from services.enrollment.seed.people import People
from shared.kernel.clock import utc_now
from shared.resources import Resources

Json = dict[str, Any]

_PATIENCE_SECONDS = 300.0
_LOOK_AGAIN_SECONDS = 0.2
_REQUIRED = {"aufbaukurs": "grundkurs", "multiplikator": "aufbaukurs"}
#: Messages go out in the order of their instants: levels before the runs that are about them.
_CATALOGUE_LAID_BEFORE = timedelta(days=400)


def load_demo(resources: Resources[EnrollmentSettings], scenario: Json) -> Json:
    """Load everything; the sign-in slips that were issued, readable this once. Raises SystemExit where facts fail."""
    known, slips = _load_organisations(resources, scenario)
    # What is over comes first and is told to nobody; what people may still ask for comes after their addresses.
    over = [run for run in scenario["runs"] if not run["tells_people"]]
    for run in over:
        _load_run(resources, known, run)
    with resources.database.transaction() as session:
        people.give_addresses(session, known, scenario["people"])
    for run in scenario["runs"]:
        if run["tells_people"]:
            _load_run(resources, known, run)
    return {"slips": slips}


def _load_organisations(resources: Resources[EnrollmentSettings], scenario: Json) -> tuple[People, list[Json]]:
    """People, carriers and associations, in one transaction."""
    now = utc_now()
    members = {m: a["founded_at"] for a in scenario["associations"] for m in (*a["board"], *a["members"])}
    with resources.database.transaction() as session:
        ensure_catalogue(session, now=now - _CATALOGUE_LAID_BEFORE)
        session.flush()
        known = people.load_people(session, scenario, joined=members, key=resources.settings.secret_key, now=now)
        organisations.load_carriers(session, known, scenario, now=now)
        slips = organisations.load_associations(session, known, scenario)
        people.grant_programme_roles(session, known, scenario["programme_roles"], now=now)
    return known, slips


def _load_run(resources: Resources[EnrollmentSettings], known: People, run: Json) -> None:
    if level_code := _builds_on(run):
        _wait_for_certificates(resources, [known[r["person"]].id for r in run["requests"]], level_code, run)
    with resources.database.transaction() as session:
        if not runs.exists(session, run):
            runs.load_run(session, known, run)


def _builds_on(run: Json) -> str | None:
    """The level whose certificate the run's people need."""
    return _REQUIRED.get(run["level_code"])


def _wait_for_certificates(
    resources: Resources[EnrollmentSettings], person_ids: Iterable[Any], level_code: str, run: Json
) -> None:
    """Wait until certification has told that all of these people hold a certificate of the level."""
    missing = set(person_ids)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while missing:
        with resources.database.reading() as session:
            missing = {p for p in missing if level_code not in list_certified_codes(session, person_id=p)}
        if missing and time.monotonic() > deadline:
            raise SystemExit(
                f"“{run['title']}” needs certificates of {level_code} for {len(missing)} more people, and none has "
                f"arrived within {_PATIENCE_SECONDS:.0f} s: do all workers and relays run? Loading again is safe."
            )
        if missing:
            time.sleep(_LOOK_AGAIN_SECONDS)
