"""Events of the enrollment service: people, associations, the catalogue of levels, runs, places, attendance."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class GrantedRole:
    """One role within one scope; the words are those of shared.kernel.actor."""

    role: str
    scope_kind: str
    scope_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """An account was made, changed, signed out everywhere or closed. Carries the whole present state.

    `session_version` grows on "sign out everywhere"; an identity cookie with an older one is refused.
    `full_name` is what a certificate bears. Roles of a person who was closed are empty and `is_active` is false.
    """

    type: ClassVar[str] = "enrollment.person_changed"
    subject: ClassVar[str] = "person"

    person_id: UUID
    full_name: str
    language: str
    session_version: int
    is_active: bool
    roles: tuple[GrantedRole, ...] = ()

    @property
    def subject_id(self) -> UUID:
        return self.person_id


@dataclass(frozen=True, kw_only=True)
class AssociationChanged(Event):
    """An association was registered or its data changed."""

    type: ClassVar[str] = "enrollment.association_changed"
    subject: ClassVar[str] = "association"

    association_id: UUID
    name: str
    town: str
    region_code: str
    is_active: bool

    @property
    def subject_id(self) -> UUID:
        return self.association_id


@dataclass(frozen=True, kw_only=True)
class MembershipChanged(Event):
    """A person joined or left an association. `membership_id` is one person in one association."""

    type: ClassVar[str] = "enrollment.membership_changed"
    subject: ClassVar[str] = "membership"

    membership_id: UUID
    association_id: UUID
    person_id: UUID
    is_current: bool

    @property
    def subject_id(self) -> UUID:
        return self.membership_id


@dataclass(frozen=True, kw_only=True)
class ModuleFacts:
    """One workshop of a level. `units` are teaching units of 45 minutes."""

    code: str
    title: str
    units: int
    position: int


@dataclass(frozen=True, kw_only=True)
class LevelChanged(Event):
    """A level of the programme, with all its modules in order. `code` is grundkurs, aufbaukurs or multiplikator."""

    type: ClassVar[str] = "enrollment.level_changed"
    subject: ClassVar[str] = "level"

    level_id: UUID
    code: str
    title: str
    position: int
    modules: tuple[ModuleFacts, ...]

    @property
    def subject_id(self) -> UUID:
        return self.level_id


@dataclass(frozen=True, kw_only=True)
class RunChanged(Event):
    """A course run was published, changed, started, finished or cancelled. Carries the whole present state."""

    type: ClassVar[str] = "enrollment.run_changed"
    subject: ClassVar[str] = "run"

    run_id: UUID
    level_code: str
    title: str
    town: str
    region_code: str
    carrier_id: UUID
    carrier_name: str
    starts_on: date
    ends_on: date
    state: str
    trainer_ids: tuple[UUID, ...] = ()

    @property
    def subject_id(self) -> UUID:
        return self.run_id


@dataclass(frozen=True, kw_only=True)
class PlaceConfirmed(Event):
    """A person has a place in a run and may use its coursework."""

    type: ClassVar[str] = "enrollment.place_confirmed"
    subject: ClassVar[str] = "place"

    place_id: UUID
    run_id: UUID
    person_id: UUID
    level_code: str

    @property
    def subject_id(self) -> UUID:
        return self.place_id


@dataclass(frozen=True, kw_only=True)
class PlaceReleased(Event):
    """A person gave a place back or lost it."""

    type: ClassVar[str] = "enrollment.place_released"
    subject: ClassVar[str] = "place"

    place_id: UUID
    run_id: UUID
    person_id: UUID

    @property
    def subject_id(self) -> UUID:
        return self.place_id


@dataclass(frozen=True, kw_only=True)
class AttendanceCompleted(Event):
    """A person has attended what the level demands. Units are teaching units of 45 minutes."""

    type: ClassVar[str] = "enrollment.attendance_completed"
    subject: ClassVar[str] = "attendance"

    place_id: UUID
    run_id: UUID
    person_id: UUID
    level_code: str
    units_attended: int
    units_offered: int
    completed_on: date

    @property
    def subject_id(self) -> UUID:
        return self.place_id


@dataclass(frozen=True, kw_only=True)
class AttendanceReopened(Event):
    """A correction: the attendance that had been complete no longer is."""

    type: ClassVar[str] = "enrollment.attendance_reopened"
    subject: ClassVar[str] = "attendance"

    place_id: UUID
    run_id: UUID
    person_id: UUID
    level_code: str

    @property
    def subject_id(self) -> UUID:
        return self.place_id
