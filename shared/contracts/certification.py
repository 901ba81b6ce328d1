"""Events of the certification service: certificates of persons, passes of associations."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event):
    """A certificate was signed. `number` is what its verification link bears. The PDF follows by DocumentsDue.

    Where it takes the place of another one, `replaces_id` names it: from now on this one counts and the other does not,
    in one step, so that whatever the other has opened stays open.
    """

    type: ClassVar[str] = "certification.certificate_issued"
    subject: ClassVar[str] = "certificate"

    certificate_id: UUID
    number: str
    person_id: UUID
    run_id: UUID
    level_code: str
    issued_on: date
    verification_url: str
    replaces_id: UUID | None = None

    @property
    def subject_id(self) -> UUID:
        return self.certificate_id


@dataclass(frozen=True, kw_only=True)
class DocumentWanted(Event):
    """Somebody has asked for a PDF that is not there yet; certification leaves it to its own worker."""

    type: ClassVar[str] = "certification.document_wanted"
    subject: ClassVar[str] = "document"

    document_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.document_id


@dataclass(frozen=True, kw_only=True)
class DocumentsDue(Event):
    """Certificates were issued and their PDFs follow: certification's note to its own worker, for a few at a time."""

    type: ClassVar[str] = "certification.documents_due"
    subject: ClassVar[str] = "documents_of_certificate"

    certificate_ids: tuple[UUID, ...]

    @property
    def subject_id(self) -> UUID:
        return self.certificate_ids[0]


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

    `state` is awarded, suspended or ended; only an awarded one counts. An awarded one whose conditions are no longer
    met has `grace_until`, the last day before it is suspended. `changed_on` is the day of this change.
    """

    type: ClassVar[str] = "certification.pass_changed"
    subject: ClassVar[str] = "pass"

    pass_id: UUID
    number: str
    association_id: UUID
    state: str
    valid_from: date
    valid_until: date
    grace_until: date | None = None
    changed_on: date | None = None

    @property
    def subject_id(self) -> UUID:
        return self.pass_id


@dataclass(frozen=True, kw_only=True)
class PassEndApproached(Event):
    """A valid pass ends in so many days; its association's board is to be reminded."""

    type: ClassVar[str] = "certification.pass_end_approached"
    subject: ClassVar[str] = "pass"

    pass_id: UUID
    number: str
    association_id: UUID
    valid_until: date
    days_left: int

    @property
    def subject_id(self) -> UUID:
        return self.pass_id


@dataclass(frozen=True, kw_only=True)
class PassCredentialDue(Event):
    """A pass or its association's name has changed: its signed credential follows. Certification's own work."""

    type: ClassVar[str] = "certification.pass_credential_due"
    subject: ClassVar[str] = "pass_credential"

    pass_id: UUID
    association_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.pass_id


@dataclass(frozen=True, kw_only=True)
class MultiplierContacted(Event):
    """Somebody wrote to a multiplier through the public register; enrollment sends it on, for it alone knows addresses.

    The payload holds what the sender wrote and is emptied as soon as it has been taken in.
    """

    type: ClassVar[str] = "certification.multiplier_contacted"
    subject: ClassVar[str] = "message"

    message_id: UUID
    person_id: UUID
    sender_name: str
    sender_address: str
    message: str

    @property
    def subject_id(self) -> UUID:
        return self.message_id


@dataclass(frozen=True, kw_only=True)
class BatchStepDue(Event):
    """The next part of a batch of certificates is due: certification's note to its own worker.

    `lane_id` names one chain of such notes; a batch has several, so that several workers are at it.
    """

    type: ClassVar[str] = "certification.batch_step_due"
    subject: ClassVar[str] = "batch_lane"

    lane_id: UUID
    batch_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.lane_id


@dataclass(frozen=True, kw_only=True)
class PassWeighingStepDue(Event):
    """The next associations are to be weighed by a new version of the pass's rule: certification's note to its worker.

    `lane_id` names the chain of such notes; there is one at a time, and notes of another one do nothing.
    """

    type: ClassVar[str] = "certification.pass_weighing_step_due"
    subject: ClassVar[str] = "pass_weighing_lane"

    lane_id: UUID
    rule_version: int

    @property
    def subject_id(self) -> UUID:
        return self.lane_id


@dataclass(frozen=True, kw_only=True)
class StatusListChanged(Event):
    """A status list was signed anew and is to be published. `code` is what its public address bears."""

    type: ClassVar[str] = "certification.status_list_changed"
    subject: ClassVar[str] = "status_list"

    status_list_id: UUID
    code: str

    @property
    def subject_id(self) -> UUID:
        return self.status_list_id


@dataclass(frozen=True, kw_only=True)
class SigningKeyChanged(Event):
    """A signing key was announced, began to sign, was retired or revoked: `state` says which it is now.

    `purpose` is credentials, wallet or documents. What an older key has signed and must be signed anew is so.
    """

    type: ClassVar[str] = "certification.signing_key_changed"
    subject: ClassVar[str] = "signing_key"

    key_id: UUID
    code: str
    purpose: str
    state: str

    @property
    def subject_id(self) -> UUID:
        return self.key_id
