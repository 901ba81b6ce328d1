"""The credential: a closed model of our profile of Open Badges 3.0 on the W3C data model 2.0.

Closed means that a document can hold nothing that is not declared here, so no term is ever dropped or guessed by a
canonicaliser. Left out on purpose are `awardedDate`, `inLanguage`, `jti` and `endorsementJwt`: the context file 3.0.3
is in circulation with three different contents under one address, and these terms exist in only some of them.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.certification.domain.text import comparable_name

CREDENTIALS_CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CONTEXTS = (CREDENTIALS_CONTEXT, BADGES_CONTEXT, EXTENSIONS_CONTEXT)

_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"

Document = dict[str, Any]


@dataclass(frozen=True)
class Issuer:
    """Who signs: a `did:web` identifier and what a reader sees of it."""

    did: str
    name: str
    url: str
    email: str | None = None

    def to_document(self) -> Document:
        """The `Profile` of the standard."""
        document = {"id": self.did, "type": ["Profile"], "name": self.name, "url": self.url}
        return document | ({"email": self.email} if self.email else {})


@dataclass(frozen=True)
class Achievement:
    """What the certificate is for, as it was on the day of issue. `version` changes when its content does."""

    url: str
    name: str
    description: str
    criteria: str
    code: str
    version: str
    units_offered: int
    units_title: str
    image_url: str
    image_caption: str

    @property
    def units_result_id(self) -> str:
        """The name of the result that says how many teaching units were attended."""
        return f"{self.url}#units-{self.version}"

    def to_document(self) -> Document:
        """The `Achievement` of the standard. It has no field for hours: they are a raw score and in the criteria."""
        return {
            "id": self.url,
            "type": ["Achievement"],
            "achievementType": "Course",
            "name": self.name,
            "description": self.description,
            "criteria": {"id": self.url, "narrative": self.criteria},
            "humanCode": self.code,
            "version": self.version,
            "image": {"id": self.image_url, "type": "Image", "caption": self.image_caption},
            "resultDescription": [
                {
                    "id": self.units_result_id,
                    "type": ["ResultDescription"],
                    "name": self.units_title,
                    "resultType": "RawScore",
                    "valueMin": "0",
                    "valueMax": str(self.units_offered),
                }
            ],
        }


@dataclass(frozen=True)
class HashedName:
    """The holder's name, so that it can be compared but not read: SHA-256 over the comparable name and a salt."""

    salt: str
    name_hash: str

    @classmethod
    def of(cls, full_name: str, *, salt: str) -> "HashedName":
        """Hash a name with the salt of one credential."""
        digest = hashlib.sha256((comparable_name(full_name) + salt).encode()).hexdigest()
        return cls(salt=salt, name_hash=f"sha256${digest}")

    def matches(self, typed_name: str) -> bool:
        """Whether a typed name is the hashed one, but for case, punctuation and spacing."""
        return HashedName.of(typed_name, salt=self.salt).name_hash == self.name_hash

    def to_document(self) -> Document:
        """The `IdentityObject` of the standard."""
        return {
            "type": "IdentityObject",
            "identityType": "name",
            "hashed": True,
            "identityHash": self.name_hash,
            "salt": self.salt,
        }


@dataclass(frozen=True)
class StatusEntry:
    """Where to look up whether the credential was revoked: one bit of one list."""

    list_url: str
    index: int
    purpose: str

    def to_document(self) -> Document:
        """The `BitstringStatusListEntry` of the standard; Open Badges 3.0 allows one."""
        return {
            "id": f"{self.list_url}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_url,
        }


@dataclass(frozen=True)
class Credential:
    """One certificate as a machine reads it."""

    url: str
    subject_id: str
    name: str
    issuer: Issuer
    valid_from: datetime
    holder: HashedName
    achievement: Achievement
    units_attended: int
    activity_started_at: datetime
    activity_ended_at: datetime
    status: StatusEntry

    def to_document(self) -> Document:
        """The unsigned JSON-LD document."""
        return {
            "@context": list(CONTEXTS),
            "id": self.url,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": self.name,
            "issuer": self.issuer.to_document(),
            "validFrom": timestamp(self.valid_from),
            "credentialSubject": self._subject(),
            "credentialSchema": [{"id": _SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
            "credentialStatus": self.status.to_document(),
        }

    def _subject(self) -> Document:
        return {
            "id": self.subject_id,
            "type": ["AchievementSubject"],
            "identifier": [self.holder.to_document()],
            "activityStartDate": timestamp(self.activity_started_at),
            "activityEndDate": timestamp(self.activity_ended_at),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": self.achievement.units_result_id,
                    "value": str(self.units_attended),
                }
            ],
            "achievement": self.achievement.to_document(),
        }


@dataclass(frozen=True)
class StatusListCredential:
    """One status list as a credential of its own, valid for some days and signed anew before they are over."""

    url: str
    issuer_did: str
    purpose: str
    encoded_list: str
    valid_from: datetime
    valid_until: datetime

    def to_document(self) -> Document:
        """The unsigned `BitstringStatusListCredential`."""
        return {
            "@context": [CREDENTIALS_CONTEXT],
            "id": self.url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.issuer_did,
            "validFrom": timestamp(self.valid_from),
            "validUntil": timestamp(self.valid_until),
            "credentialSubject": {
                "id": f"{self.url}#list",
                "type": "BitstringStatusList",
                "statusPurpose": self.purpose,
                "encodedList": self.encoded_list,
            },
        }


def timestamp(instant: datetime) -> str:
    """An instant as XML Schema writes it, in UTC, to the second."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def holder_of(document: Document) -> HashedName | None:
    """The hashed name in a credential of ours, or None where it holds none."""
    for identity in document.get("credentialSubject", {}).get("identifier", []):
        if identity.get("identityType") == "name" and identity.get("hashed") is True:
            return HashedName(salt=identity["salt"], name_hash=identity["identityHash"])
    return None
