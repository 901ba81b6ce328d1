"""Events of the certification service: certificates of persons, passes of associations."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event):
    """A certificate was signed. `number` is what its verification link bears. The PDF follows by a task of its own."""

    type: ClassVar[str] = "certification.certificate_issued"
    subject: ClassVar[str] = "certificate"

    certificate_id: UUID
    number: str
    person_id: UUID
    run_id: UUID
    level_code: str
    issued_on: date
    verification_url: str

    @property
    def subject_id(self) -> UUID:
        return self.certificate_id


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """A certificate no longer counts."""

    type: ClassVar[str] = "certification.certificate_revoked"
    subject: ClassVar[str] = "certificate"

    certificate_id: UUID
    number: str
    person_id: UUID
    level_code: str
    revoked_on: date

    @property
    def subject_id(self) -> UUID:
        return self.certificate_id


@dataclass(frozen=True, kw_only=True)
class PassChanged(Event):
    """The MEMO-Pass of an association was awarded, suspended, renewed or ended. One pass per association.

    `state` is awarded, suspended or ended; only an awarded one counts.
    """

    type: ClassVar[str] = "certification.pass_changed"
    subject: ClassVar[str] = "pass"

    pass_id: UUID
    number: str
    association_id: UUID
    state: str
    valid_from: date
    valid_until: date

    @property
    def subject_id(self) -> UUID:
        return self.pass_id
