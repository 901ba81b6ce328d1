"""The demo programme as plain JSON, counted from one instant. Every service's loader reads the part that is its own.

People are named by their keys, runs by their titles, associations and carriers by their names.
"""

import random
from datetime import datetime, timedelta
from typing import Any

from shared.devkit.demo.associations import ASSOCIATIONS, CARRIERS, VENUES, DemoAssociation, DemoCarrier, DemoVenue
from shared.devkit.demo.coursework import work_in_runs
from shared.devkit.demo.names import PEOPLE, DemoPerson
from shared.devkit.demo.plans import REVOCATIONS
from shared.devkit.demo.registers import register_scenario
from shared.devkit.demo.runs import run_scenarios
from shared.devkit.demo.sign_ins import DEMO_PASSWORD, email_of
from shared.devkit.demo.writing import ASSIGNMENTS
from shared.kernel.clock import programme_date
from shared.kernel.ids import CODE_ALPHABET

Json = dict[str, Any]

_FOUNDED_BEFORE = timedelta(days=240)
_INVITE_CODE_LENGTH = 8
_PLAIN = str.maketrans("äöü", "aou")


def build_scenario(*, now: datetime, totp_secrets: dict[str, str]) -> Json:
    """Everything that the loaders read; `totp_secrets` by person key, for whoever has a second factor."""
    today = programme_date(now)
    return {
        "password": DEMO_PASSWORD,
        "people": [_person(person, totp_secrets) for person in PEOPLE],
        "carriers": [_carrier(carrier) for carrier in CARRIERS],
        "venues": [_venue(number, venue) for number, venue in enumerate(VENUES)],
        "associations": [_association(association, now=now) for association in ASSOCIATIONS],
        "programme_roles": [
            {"person": p.key, "role": p.key.partition(".")[0]}
            for p in PEOPLE
            if p.key.startswith(("office.", "authority."))
        ],
        "runs": run_scenarios(today=today, now=now),
        "work": work_in_runs(today=today, now=now),
        "assignments": ASSIGNMENTS,
        "revocations": [
            {"person": person, "level_code": level_code, "reason": reason, "note": note}
            for person, level_code, reason, note in REVOCATIONS
        ],
        **register_scenario(),
    }


def invite_code(association_key: str) -> str:
    """The invite code of an association of the demo programme: always the same, so that it can be written down."""
    chooser = random.Random(f"invite {association_key}")
    return "".join(chooser.choice(CODE_ALPHABET) for _ in range(_INVITE_CODE_LENGTH))


def _person(person: DemoPerson, totp_secrets: dict[str, str]) -> Json:
    return {
        "key": person.key,
        "full_name": person.full_name,
        "language": person.language,
        "email": email_of(person.key),
        "is_trainer": person.key.startswith("trainer."),
        "totp_secret": totp_secrets.get(person.key),
    }


def _carrier(carrier: DemoCarrier) -> Json:
    return {
        "name": carrier.name,
        "region_code": carrier.region_code,
        "town": carrier.town,
        "contact": _contact(carrier.town),
        "staff": carrier.staff,
    }


def _contact(town: str) -> str:
    name = town.partition(" ")[0].lower().translate(_PLAIN)
    return f"kontakt-{name}@memo-demo.example"


def _venue(number: int, venue: DemoVenue) -> Json:
    carrier = next(c for c in CARRIERS if c.region_code == venue.region_code)
    return {
        "carrier": carrier.name,
        "name": venue.name,
        "street": venue.street,
        "postcode": f"{70001 + number * 137}",
        "town": venue.town,
        "access_notes": venue.access,
        "has_ramp": "Rampe" in venue.access or "Stufenlos" in venue.access,
        "has_prayer_room": number % 3 == 0,
        "has_childcare": number % 2 == 0,
    }


def _association(association: DemoAssociation, *, now: datetime) -> Json:
    position = ASSOCIATIONS.index(association)
    return {
        "name": association.name,
        "town": association.town,
        "region_code": association.region_code,
        "invite_code": invite_code(association.key),
        "founded_at": (now - _FOUNDED_BEFORE + timedelta(days=position)).isoformat(),
        # The last two wait for the office to look at them.
        "is_confirmed": position < len(ASSOCIATIONS) - 2,
        "board": association.board,
        "members": association.members,
    }
