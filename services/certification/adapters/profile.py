"""Our profile of Open Badges 3.0 as a JSON Schema (2020-12), to the letter: no member more, no other type.

It is narrower than the official schema: all that it lets through is valid there too (a test compares, where the
official file is at hand). It is checked before anything is signed, and again for whatever claims to be ours: a proof
holds the meaning of a JSON-LD document, this schema its spelling.
"""

import unicodedata
from typing import Any

import jsonschema_rs

from services.certification.adapters.spelling import write
from services.certification.domain.achievement import AchievementType, AlignmentTarget, ResultStatus, ResultType
from services.certification.domain.credential import CONTEXTS, OFFICIAL_SCHEMA

Schema = dict[str, Any]


class ProfileViolated(Exception):
    """A document is no credential of our profile. Says where, and never what stands there."""


def check_profile(document: dict[str, Any]) -> None:
    """Refuse what must not be signed, or was not signed by us. Raises ProfileViolated."""
    try:
        text = write(document)
    except TypeError as error:
        raise ProfileViolated("not_json") from error
    if not unicodedata.is_normalized("NFC", text):
        raise ProfileViolated("not_normalised")
    try:
        _VALIDATOR.validate(document)
    except (jsonschema_rs.ValidationError, ValueError, RecursionError) as error:
        raise ProfileViolated(_place(error)) from error


def is_of_profile(document: dict[str, Any]) -> bool:
    """Whether a document is a credential of our profile, signed or not."""
    try:
        check_profile(document)
    except ProfileViolated:
        return False
    return True


def _place(error: Exception) -> str:
    path = getattr(error, "instance_path", [])
    return "/".join(str(step) for step in path) or "document"


def _object(required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: Schema, *, most: int = 100) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": most, "uniqueItems": True}


def _one(content: Schema) -> Schema:
    return {"type": "array", "items": content, "minItems": 1, "maxItems": 1}


def _of(enumeration: Any) -> Schema:
    return {"enum": [member.value for member in enumeration]}


#: No control character but the line end: canonicalisers disagree on how the others are written.
_TEXT: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": 20_000,
    "pattern": "^[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]*$",
}
_ADDRESS_SIGNS = "[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]"
_ADDRESS: Schema = {"type": "string", "maxLength": 2_000, "pattern": f"^https?://{_ADDRESS_SIGNS}+$"}
_IDENTIFIER: Schema = {
    "type": "string",
    "maxLength": 2_000,
    "pattern": f"^(https?://|urn:uuid:|did:){_ADDRESS_SIGNS}+$",
}
_DID: Schema = {"type": "string", "maxLength": 500, "pattern": "^did:web:[A-Za-z0-9._%:-]+$"}
_INSTANT: Schema = {
    "type": "string",
    "format": "date-time",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
}
_NUMBER_TEXT: Schema = {"type": "string", "pattern": "^[0-9]{1,6}$"}

_IMAGE = _object({"id": _ADDRESS, "type": {"const": "Image"}, "caption": _TEXT})
_ISSUER = _object(
    {"id": _DID, "type": {"const": ["Profile"]}, "name": _TEXT, "url": _ADDRESS}, {"email": _TEXT, "image": _IMAGE}
)
_ALIGNMENT = _object(
    {
        "type": {"const": ["Alignment"]},
        "targetName": _TEXT,
        "targetUrl": _ADDRESS,
        "targetType": _of(AlignmentTarget),
        "targetFramework": _TEXT,
    },
    {"targetCode": _TEXT},
)
_RUBRIC_LEVEL = _object(
    {"id": _IDENTIFIER, "type": {"const": ["RubricCriterionLevel"]}, "name": _TEXT, "level": _TEXT}, {"points": _TEXT}
)
_RESULT_DESCRIPTION = _object(
    {"id": _IDENTIFIER, "type": {"const": ["ResultDescription"]}, "name": _TEXT, "resultType": _of(ResultType)},
    {
        "valueMin": _TEXT,
        "valueMax": _TEXT,
        "requiredValue": _TEXT,
        "requiredLevel": _IDENTIFIER,
        "rubricCriterionLevel": _list(_RUBRIC_LEVEL),
    },
)
_ACHIEVEMENT = _object(
    {
        "id": _ADDRESS,
        "type": {"const": ["Achievement"]},
        "achievementType": _of(AchievementType),
        "name": _TEXT,
        "description": _TEXT,
        "criteria": _object({"id": _ADDRESS, "narrative": _TEXT}),
        "humanCode": _TEXT,
        "version": _TEXT,
        "image": _IMAGE,
    },
    {
        "fieldOfStudy": _TEXT,
        "tag": _list(_TEXT),
        "creditsAvailable": {"type": "number", "exclusiveMinimum": 0, "maximum": 1_000},
        "alignment": _list(_ALIGNMENT),
        "resultDescription": _list(_RESULT_DESCRIPTION),
        "related": _list(_object({"id": _ADDRESS, "type": {"const": ["Related"]}})),
    },
)
_HASHED_NAME = _object(
    {
        "type": {"const": "IdentityObject"},
        "identityType": {"const": "name"},
        "hashed": {"const": True},
        "identityHash": {"type": "string", "pattern": "^sha256\\$[0-9a-f]{64}$"},
        "salt": {"type": "string", "pattern": "^[0-9a-f]{1,64}$"},
    }
)
_OPEN_NAME = _object(
    {
        "type": {"const": "IdentityObject"},
        "identityType": {"const": "name"},
        "hashed": {"const": False},
        "identityHash": _TEXT,
    }
)
_RESULT = _object(
    {"type": {"const": ["Result"]}, "resultDescription": _IDENTIFIER},
    {"value": _TEXT, "achievedLevel": _IDENTIFIER, "status": _of(ResultStatus)},
)
_SUBJECT = _object(
    {
        "id": _IDENTIFIER,
        "type": {"const": ["AchievementSubject"]},
        "identifier": _one({"oneOf": [_HASHED_NAME, _OPEN_NAME]}),
        "achievement": _ACHIEVEMENT,
    },
    {
        "activityStartDate": _INSTANT,
        "activityEndDate": _INSTANT,
        "creditsEarned": {"type": "number", "exclusiveMinimum": 0, "maximum": 1_000},
        "result": _list(_RESULT),
    },
)
_STATUS = _object(
    {
        "id": _ADDRESS,
        "type": {"const": "BitstringStatusListEntry"},
        "statusPurpose": {"enum": ["revocation", "suspension"]},
        "statusListIndex": _NUMBER_TEXT,
        "statusListCredential": _ADDRESS,
    }
)
_PROOF = _object(
    {
        "type": {"const": "DataIntegrityProof"},
        "cryptosuite": {"const": "eddsa-rdfc-2022"},
        "created": _INSTANT,
        "verificationMethod": {"type": "string", "pattern": "^did:web:[A-Za-z0-9._%:-]+#[A-Za-z0-9._-]+$"},
        "proofPurpose": {"const": "assertionMethod"},
        "proofValue": {"type": "string", "pattern": "^z[1-9A-HJ-NP-Za-km-z]{80,90}$"},
    }
)
PROFILE: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | _object(
    {
        "@context": {"const": list(CONTEXTS)},
        "id": _ADDRESS,
        "type": {"const": ["VerifiableCredential", "OpenBadgeCredential"]},
        "name": _TEXT,
        "image": _IMAGE,
        "issuer": _ISSUER,
        "validFrom": _INSTANT,
        "credentialSubject": _SUBJECT,
        "credentialSchema": {"const": [{"id": OFFICIAL_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]},
        "credentialStatus": _STATUS,
    },
    {
        "validUntil": _INSTANT,
        "evidence": _list(
            _object({"type": {"const": ["Evidence"]}, "name": _TEXT, "narrative": _TEXT}, {"id": _ADDRESS})
        ),
        "proof": _PROOF,
    },
)
_VALIDATOR = jsonschema_rs.validator_for(PROFILE, validate_formats=True)
