"""What verification answers: facts for a page, a program or a picture. A name only where its holder shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.certification.domain.certificates import RevocationReason, RevocationRemark
from services.certification.domain.passes import PassState
from services.certification.domain.verification import CheckResult, Verdict


@dataclass(frozen=True)
class SealFacts:
    """Whose seal it is, and where everybody can check the same."""

    issuer_name: str
    issuer_did: str
    #: The name of the key within the identifier; none where no text is left that bears a seal.
    key_code: str | None
    key_revoked_at: datetime | None
    key_reason: str | None
    #: The signed status list that was read, and when it was signed; none for what has no credential.
    list_url: str | None
    list_index: int | None
    list_signed_at: datetime | None


@dataclass(frozen=True, eq=False)
class CertificateVerification:
    """What the public page says of a certificate; one finding is equal to itself alone."""

    number: str
    verdict: Verdict
    checks: tuple[CheckResult, ...]
    seal: SealFacts
    level_code: str
    level_title: str
    modules: tuple[tuple[str, int], ...]
    units_attended: int
    units_offered: int
    quizzes_passed: int
    assignments_accepted: int
    #: What had to be done for it, in the words that were signed.
    criteria: str | None
    carrier_name: str
    town: str
    starts_on: date
    ends_on: date
    issued_on: date
    valid_until: datetime | None
    revoked_at: datetime | None
    revocation_reason: RevocationReason | None
    revocation_remark: RevocationRemark | None
    superseded_at: datetime | None
    erased_at: datetime | None
    #: The number of the certificate that has taken its place.
    successor: str | None
    #: The name on it, only where its holder shows it to everybody.
    shown_name: str | None
    credential_sha256: str

    @property
    def changed_at(self) -> datetime | None:
        """When it stopped to count, where a day is known."""
        return {
            Verdict.REVOKED: self.revoked_at,
            Verdict.SUPERSEDED: self.superseded_at,
            Verdict.EXPIRED: self.valid_until,
            Verdict.ERASED: self.erased_at,
            Verdict.KEY_REVOKED: self.seal.key_revoked_at,
        }.get(self.verdict)


@dataclass(frozen=True, eq=False)
class PassVerification:
    """What the public page says of an association's pass; one finding is equal to itself alone."""

    number: str
    verdict: Verdict
    #: Empty for a pass that has only its entry in the register.
    checks: tuple[CheckResult, ...]
    seal: SealFacts
    state: PassState
    association_name: str
    town: str
    valid_from: date
    valid_until: date
    changed_at: datetime


class Carrier(StrEnum):
    """What a certificate came in, and whether what a reader sees around it can be relied on."""

    TEXT = "text"  # the credential alone: nothing around it
    SEALED = "sealed"  # a PDF whose seal of the programme is whole
    AS_ISSUED = "as_issued"  # byte for byte the PDF or the badge that the programme has made
    CHANGED = "changed"  # a PDF whose seal is broken
    UNSEALED = "unsealed"  # a PDF without a seal of ours
    PICTURE = "picture"  # another picture than ours: anybody can paint one around the credential
    WALLET = "wallet"  # a copy from a wallet, with the facts that the holder has chosen to show


@dataclass(frozen=True)
class UploadVerification:
    """What is said of a file that holds a certificate or pass of ours."""

    found: CertificateVerification | PassVerification
    carrier: Carrier
    #: The facts that a wallet's copy discloses, as (claim, value).
    disclosed: tuple[tuple[str, str], ...] = ()

    @property
    def verdict(self) -> Verdict:
        """A paper that is not what was sealed is not genuine, whatever lies inside."""
        is_paper_false = self.carrier in (Carrier.CHANGED, Carrier.UNSEALED)
        return Verdict.NOT_GENUINE if is_paper_false else self.found.verdict


class ForeignStatus(StrEnum):
    """What a status list of another issuer says."""

    IN_FORCE = "in_force"
    REVOKED = "revoked"
    NONE = "none"  # the badge names no list: it can't be revoked
    UNKNOWN = "unknown"  # the list could not be had, or could not be checked


@dataclass(frozen=True)
class ForeignVerification:
    """What can be said of another issuer's badge: that a signature fits a key, never who that issuer is."""

    #: Whether the key of the identifier has signed it.
    is_signed: bool
    #: Whether that could not be found out, because the keys were not to be had.
    is_unreachable: bool
    status: ForeignStatus
    issuer_id: str
    #: The host of a `did:web`; none where the identifier is nothing but a key.
    domain: str | None
    issuer_name: str | None
    title: str | None
    description: str | None
    criteria: str | None
    valid_from: datetime | None
    valid_until: datetime | None
    is_expired: bool
