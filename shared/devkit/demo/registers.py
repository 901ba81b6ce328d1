"""Passes and public entries of the demo programme.

Some people bring certificates from the time before the platform, so that passes in every state can be seen on the first
day. Everything here is invented; people are named by the keys of shared.devkit.demo.names.
"""

from dataclasses import dataclass
from typing import Any

from shared.devkit.demo.plans import AUFBAUKURS, GRUNDKURS, MULTIPLIKATOR

Json = dict[str, Any]

_PASS = (GRUNDKURS, AUFBAUKURS)
_ALL = (*_PASS, MULTIPLIKATOR)


@dataclass(frozen=True)
class CarriedOver:
    """Somebody with certificates from before, and how many days ago the last was issued."""

    person_key: str
    level_codes: tuple[str, ...]
    days_ago: int
    #: So many days ago the certificate of the second level was taken back.
    revoked_days_ago: int | None = None


#: In the order in which it happened.
CARRIED_OVER: tuple[CarriedOver, ...] = (
    # Erzählbank: ended, the three years are over.
    CarriedOver("ante", _PASS, 1_200),
    CarriedOver("yonas", _PASS, 1_199),
    # Siebenfarben: the three years end in a few weeks, the board is reminded.
    CarriedOver("carmen", _PASS, 1_074),
    CarriedOver("pawel", _PASS, 1_073),
    # Papierstern: valid.
    CarriedOver("amina", _PASS, 300),
    CarriedOver("tomasz", _PASS, 280),
    # Kompassnadel: suspended, its grace is over.
    CarriedOver("rojda", _PASS, 250),
    CarriedOver("paulo", _PASS, 249, revoked_days_ago=60),
    # Tausend Stimmen: in grace.
    CarriedOver("marek", _PASS, 200),
    CarriedOver("ioana", _PASS, 199, revoked_days_ago=9),
    # Three who advise associations.
    CarriedOver("theodora", _ALL, 150),
    CarriedOver("jelena", _ALL, 149),
    CarriedOver("dimitris", _ALL, 148),
)

ASSOCIATION_ENTRIES: tuple[Json, ...] = (
    {
        "association": "Papierstern Friedrichshafen e. V.",
        "board": "amina",
        "website": "https://papierstern.example",
        "email": "verein@papierstern.example",
        "phone": "",
        "languages": ["de", "ar", "pl"],
        "topics": ["education", "volunteers"],
    },
    {
        "association": "Sprachgarten Siebenfarben Heilbronn e. V.",
        "board": "carmen",
        "website": "https://siebenfarben.example",
        "email": "",
        "phone": "",
        "languages": ["de", "es", "pl", "tr"],
        "topics": ["arrival", "education", "projects"],
    },
)

MULTIPLIER_ENTRIES: tuple[Json, ...] = (
    {
        "person": "theodora",
        "display_name": "Theodora aus Lörrach",
        "town": "Lörrach",
        "region_codes": ["freiburg"],
        "languages": ["de", "el", "en"],
        "topics": ["founding", "law", "charity_status"],
        "about": "Ich begleite junge Vereine von der ersten Versammlung bis zum Eintrag ins Register.",
    },
    {
        "person": "jelena",
        "display_name": "Jelena",
        "town": "Neckarsulm",
        "region_codes": ["heilbronn", "rhein-neckar"],
        "languages": ["de", "sr", "hr"],
        "topics": ["funding", "projects", "accounting"],
        "about": "Förderanträge sind leichter, als sie aussehen. Ich zeige Ihnen, wie man anfängt.",
    },
    {
        "person": "dimitris",
        "display_name": "D. (Reutlingen)",
        "town": "Reutlingen",
        "region_codes": ["neckar-alb", "bodensee-oberschwaben"],
        "languages": ["de", "el"],
        "topics": ["volunteers", "networking", "youth"],
        "about": "",
    },
)


def register_scenario() -> Json:
    """The part of the scenario that certification's loader reads."""
    return {
        "carried_over": [
            {
                "person": person.person_key,
                "level_codes": list(person.level_codes),
                "days_ago": person.days_ago,
                "revoked_days_ago": person.revoked_days_ago,
            }
            for person in CARRIED_OVER
        ],
        "association_entries": list(ASSOCIATION_ENTRIES),
        "multiplier_entries": list(MULTIPLIER_ENTRIES),
    }
