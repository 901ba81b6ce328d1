"""The credential: a closed model of our profile of Open Badges 3.0 on the W3C data model 2.0.

Closed means that a document can hold nothing that is not declared here, so no term is ever dropped or guessed by a
canonicaliser. Left out on purpose are `awardedDate`, `inLanguage`, `jti` and `endorsementJwt`: the context file 3.0.3
is in circulation with three different contents under one address, and these terms exist in only some of them.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from services.certification.domain.achievement import Achievement, AchievementType, Document, Image, Result
from services.certification.domain.text import comparable_name

__all__ = [
    "BADGES_CONTEXT",
    "CONTEXTS",
    "CREDENTIALS_CONTEXT",
    "EXTENSIONS_CONTEXT",
    "OFFICIAL_SCHEMA",
    "Achievement",
    "AchievementType",
    "Credential",
    "Document",
    "Evidence",
    "HashedName",
    "Image",
    "Issuer",
    "OpenName",
    "Result",
    "StatusEntry",
    "StatusListCredential",
    "holder_of",
    "timestamp",
]

CREDENTIALS_CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CONTEXTS = (CREDENTIALS_CONTEXT, BADGES_CONTEXT, EXTENSIONS_CONTEXT)

OFFICIAL_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


@dataclass(frozen=True)
class Issuer:
    """Who signs: a `did:web` identifier and what a reader sees of it."""

    did: str
    name: str
    url: str
    email: str | None = None
    image: Image | None = None

    def to_document(self) -> Document:
        """The `Profile` of the standard."""
        document: Document = {"id": self.did, "type": ["Profile"], "name": self.name, "url": self.url}
        if self.email:
            document["email"] = self.email
        if self.image:
            document["image"] = self.image.to_document()
        return document


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
class OpenName:
    """A name that everybody may read: an association's on its pass, or a person's who asked for it."""

    name: str

    def to_document(self) -> Document:
        """The `IdentityObject` of the standard, not hashed."""
        return {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": self.name}


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
class Evidence:
    """Something that the holder agreed to show as proof of the achievement: an address, or a description, or both."""

    name: str
    narrative: str
    url: str | None = None

    def to_document(self) -> Document:
        """The `Evidence` of the standard."""
        document: Document = {"id": self.url} if self.url else {}
        return document | {"type": ["Evidence"], "name": self.name, "narrative": self.narrative}


@dataclass(frozen=True)
class Credential:
    """One certificate or pass as a machine reads it.

    A certificate of a course has a holder whose name is hashed, days and units; a pass has the name of an association,
    and an end. `valid_until` is set only where the credential really lapses.
    """

    url: str
    subject_id: str
    name: str
    issuer: Issuer
    valid_from: datetime
    achievement: Achievement
    status: StatusEntry
    holder: HashedName | OpenName
    units_attended: int | None = None
    activity_started_at: datetime | None = None
    activity_ended_at: datetime | None = None
    valid_until: datetime | None = None
    results: tuple[Result, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def to_document(self) -> Document:
        """The unsigned JSON-LD document."""
        document: Document = {
            "@context": list(CONTEXTS),
            "id": self.url,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": self.name,
            "image": self.achievement.picture.to_document(),
            "issuer": self.issuer.to_document(),
            "validFrom": timestamp(self.valid_from),
        }
        if self.valid_until is not None:
            document["validUntil"] = timestamp(self.valid_until)
        document["credentialSubject"] = self._subject()
        if self.evidence:
            document["evidence"] = [piece.to_document() for piece in self.evidence]
        document["credentialSchema"] = [{"id": OFFICIAL_SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}]
        document["credentialStatus"] = self.status.to_document()
        return document

    def _subject(self) -> Document:
        subject: Document = {
            "id": self.subject_id,
            "type": ["AchievementSubject"],
            "identifier": [self.holder.to_document()],
        }
        if self.activity_started_at is not None:
            subject["activityStartDate"] = timestamp(self.activity_started_at)
        if self.activity_ended_at is not None:
            subject["activityEndDate"] = timestamp(self.activity_ended_at)
        if self.achievement.credits_available is not None:
            subject["creditsEarned"] = self.achievement.credits_available
        if results := [result.to_document() for result in self._all_results()]:
            subject["result"] = results
        subject["achievement"] = self.achievement.to_document()
        return subject

    def _all_results(self) -> tuple[Result, ...]:
        if self.units_attended is None:
            return self.results
        units = Result(description_id=self.achievement.units_result_id, value=str(self.units_attended))
        return (units, *self.results)


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
