"""What public verification knows of a number, as frozen facts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.certification.domain.certificates import CertificateState, RevocationReason, RevocationRemark
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.passes import PassState


@dataclass(frozen=True)
class KnownKey:
    """One key of ours, whatever its state."""

    code: str
    purpose: KeyPurpose
    multibase: str
    revoked_at: datetime | None
    revocation_reason: str | None


@dataclass(frozen=True)
class KnownStatus:
    """Where the signed status list speaks of it, what our record of the list says, and the age of the list."""

    list_id: UUID
    list_code: str
    index: int
    value: int
    signed_at: datetime


@dataclass(frozen=True)
class KnownCertificate:
    """The facts of one certificate that a stranger may learn, and what is needed to check them."""

    id: UUID
    number: str
    state: CertificateState
    level_code: str
    level_title: str
    modules: tuple[tuple[str, int], ...]
    units_attended: int
    units_offered: int
    quizzes_passed: int
    assignments_accepted: int
    carrier_name: str
    town: str
    starts_on: date
    ends_on: date
    issued_on: date
    revoked_at: datetime | None
    revocation_reason: RevocationReason | None
    revocation_remark: RevocationRemark | None
    superseded_at: datetime | None
    erased_at: datetime | None
    successor: str | None
    #: The name on it, only where its holder shows it to everybody.
    shown_name: str | None
    credential: str
    credential_sha256: str
    log_salt: str | None
    status: KnownStatus
    keys: tuple[KnownKey, ...]


@dataclass(frozen=True)
class KnownPass:
    """The facts of one pass, with its present credential where it has one."""

    id: UUID
    number: str
    state: PassState
    association_name: str
    town: str
    valid_from: date
    valid_until: date
    changed_at: datetime
    credential_id: UUID | None
    credential: str | None
    credential_sha256: str | None
    log_salt: str | None
    status: KnownStatus | None
    keys: tuple[KnownKey, ...]
