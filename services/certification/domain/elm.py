"""A certificate in the words of the European Learning Model 3 (application profile for digital credentials, EDC).

An export without a seal: whoever takes it into the Europass infrastructure seals it there. Terms and addresses are
those of the published context `edc-ap` and of the Commission's samples for version 3.1. Not checked: the SHACL shapes
of the profile. Left out because nothing here knows it: the issuer's legal identifier (eIDAS) and a drawn display, which
that infrastructure asks for when it seals; birth date and address of the learner, which a certificate does not need.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from services.certification.domain.credential import timestamp
from shared.kernel.clock import PROGRAMME_ZONE

CONTEXTS = ("https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap")
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_UNIT_MINUTES = 45

Document = dict[str, Any]


@dataclass(frozen=True)
class ElmFacts:
    """What a certificate says, as it was frozen."""

    url: str
    subject_id: str
    full_name: str
    title: str
    description: str
    criteria: str
    achievement_url: str
    modules: Sequence[tuple[str, int]]
    units_attended: int
    units_offered: int
    issuer_did: str
    issuer_name: str
    issuer_url: str
    carrier_name: str
    run_title: str
    town: str
    starts_on: date
    ends_on: date
    fulfilled_on: date
    issued_at: datetime
    #: Addresses of EQF levels and ESCO skills that the template names.
    eqf_level: str | None
    esco_skills: Sequence[tuple[str, str]]


def elm_document(facts: ElmFacts) -> Document:
    """The certificate as a EuropeanDigitalCredential, not sealed."""
    issued = timestamp(facts.issued_at)
    return {
        "@context": list(CONTEXTS),
        "id": f"{facts.url}#elm",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSchema": {
            "id": "http://data.europa.eu/snb/model/ap/edc-generic-no-cv",
            "type": "ShaclValidator2017",
        },
        "credentialProfiles": _concept(
            "http://data.europa.eu/snb/credential/e34929035b", "http://data.europa.eu/snb/credential/25831c2"
        ),
        "displayParameter": {
            "id": f"{facts.url}#elm-display",
            "type": "DisplayParameter",
            "title": _german(facts.title),
            "description": _german(facts.description),
            "primaryLanguage": _listed("language", "DEU"),
            "language": [_listed("language", "DEU")],
        },
        "issuer": _issuer(facts),
        "issuanceDate": issued,
        "issued": issued,
        "validFrom": issued,
        "credentialSubject": {
            "id": facts.subject_id,
            "type": "Person",
            "fullName": _german(facts.full_name),
            "hasClaim": [_achievement(facts)],
        },
    }


def _achievement(facts: ElmFacts) -> Document:
    return {
        "id": f"{facts.url}#elm-achievement",
        "type": "LearningAchievement",
        "title": _german(facts.title),
        "description": _german(facts.description),
        "awardedBy": {
            "id": f"{facts.url}#elm-award",
            "type": "AwardingProcess",
            "awardingBody": [_issuer(facts)],
            "awardingDate": timestamp(_midnight(facts.fulfilled_on)),
        },
        "influencedBy": [_activity(facts)],
        "specifiedBy": _specification(facts),
    }


def _activity(facts: ElmFacts) -> Document:
    """The course that led to it, as long as the person has attended."""
    return {
        "id": f"{facts.url}#elm-activity",
        "type": "LearningActivity",
        "title": _german(facts.run_title),
        "awardedBy": {
            "id": f"{facts.url}#elm-activity-award",
            "type": "AwardingProcess",
            "awardingBody": [
                {
                    "id": f"{facts.url}#elm-carrier",
                    "type": "Organisation",
                    "legalName": _german(facts.carrier_name),
                    "location": [_germany(f"{facts.url}#elm-carrier", facts.town)],
                }
            ],
        },
        "temporal": [
            {
                "id": f"{facts.url}#elm-period",
                "type": "PeriodOfTime",
                "startDate": timestamp(_midnight(facts.starts_on)),
                "endDate": timestamp(_midnight(facts.ends_on)),
            }
        ],
        "location": [_germany(f"{facts.url}#elm-activity", facts.town)],
        "workload": _duration(facts.units_attended),
    }


def _specification(facts: ElmFacts) -> Document:
    specification: Document = {
        "id": facts.achievement_url,
        "type": "LearningAchievementSpecification",
        "title": _german(facts.title),
        "volumeOfLearning": _duration(facts.units_offered),
        "homepage": [{"id": f"{facts.url}#elm-page", "type": "WebResource", "contentURL": facts.achievement_url}],
        "additionalNote": [{"id": f"{facts.url}#elm-criteria", "type": "Note", "noteLiteral": _german(facts.criteria)}],
        "learningOutcome": [
            {"id": f"{facts.url}#elm-module-{number}", "type": "LearningOutcome", "title": _german(title)}
            for number, (title, _) in enumerate(facts.modules, start=1)
        ],
    }
    if facts.esco_skills and specification["learningOutcome"]:
        skills = [_concept(url, "http://data.europa.eu/esco/concept-scheme/skills") for url, _ in facts.esco_skills]
        specification["learningOutcome"][0]["relatedESCOSkill"] = skills
    if facts.eqf_level is not None:
        specification["eqfLevel"] = _concept(facts.eqf_level, "http://data.europa.eu/snb/eqf/25831c2")
    return specification


def _issuer(facts: ElmFacts) -> Document:
    return {
        "id": facts.issuer_did,
        "type": "Organisation",
        "legalName": _german(facts.issuer_name),
        "location": [_germany(f"{facts.url}#elm-issuer", None)],
        "homepage": [{"id": f"{facts.url}#elm-issuer-page", "type": "WebResource", "contentURL": facts.issuer_url}],
    }


def _germany(name: str, town: str | None) -> Document:
    address: Document = {"id": f"{name}-address", "type": "Address", "countryCode": _listed("country", "DEU")}
    place: Document = {"id": f"{name}-location", "type": "Location", "address": [address]}
    return place | ({"geographicName": _german(town)} if town else {})


def _concept(address: str, scheme: str) -> Document:
    return {"id": address, "type": "Concept", "inScheme": {"id": scheme, "type": "ConceptScheme"}}


def _listed(table: str, code: str) -> Document:
    return _concept(f"{_AUTHORITY}/{table}/{code}", f"{_AUTHORITY}/{table}")


def _german(text: str) -> dict[str, str]:
    return {"de": text}


def _duration(units: int) -> str:
    """Teaching units of 45 minutes as a duration of XML Schema."""
    hours, minutes = divmod(units * _UNIT_MINUTES, 60)
    return f"PT{hours}H{minutes}M" if minutes else f"PT{hours}H"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, PROGRAMME_ZONE)
