"""The world around certification: people, a level, a run, and the facts that make a certificate due."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.certification.models import Certificate
from services.certification.tasks.inbound import HANDLERS
from shared.contracts.codec import encode
from shared.contracts.coursework import LevelPassed
from shared.contracts.enrollment import (
    AssociationChanged,
    AttendanceCompleted,
    GrantedRole,
    LevelChanged,
    MembershipChanged,
    ModuleFacts,
    PersonChanged,
    RunChanged,
)
from shared.contracts.event import Envelope, Event
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import inbox
from tests.support.service import CheckedClient, ServiceUnderTest

OFFICE = GrantedRole(role="office", scope_kind="programme")


@dataclass
class World:
    """Certification, and what the other two services tell it."""

    service: ServiceUnderTest
    versions: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def envelope(self, event: Event) -> Envelope:
        """An envelope of its own: the same event in two envelopes is two messages."""
        return Envelope(
            message_id=new_id(),
            event_id=new_id(),
            type=event.type,
            version=event.version,
            producer=event.type.partition(".")[0],
            destination="certification",
            subject=event.subject,
            subject_id=event.subject_id,
            subject_version=next(self.versions),
            occurred_at=utc_now(),
            payload=encode(event),
            trace={},
        )

    def hear(self, *events: Event) -> None:
        """Take events in, as the worker does, each in its own transaction."""
        self.service.worker.set_default()
        for event in events:
            with self.service.transaction() as session:
                inbox.take_in(session, self.envelope(event), handlers=HANDLERS, now=utc_now())

    def person(self, name: str = "Şükrü Özdoğan-Yıldız", *, language: str = "tr", roles: tuple[Any, ...] = ()) -> UUID:
        person_id = new_id()
        self.hear(self.person_event(person_id, name, language=language, roles=roles))
        return person_id

    def person_event(
        self, person_id: UUID, name: str, *, language: str = "de", roles: tuple[Any, ...] = ()
    ) -> PersonChanged:
        return PersonChanged(
            person_id=person_id, full_name=name, language=language, session_version=1, is_active=True, roles=roles
        )

    def level(self, code: str = "grundkurs", *, title: str = "Grundkurs", position: int = 1) -> None:
        self.hear(self.level_event(code, title=title, position=position))

    def level_event(self, code: str, *, title: str = "Grundkurs", position: int = 1) -> LevelChanged:
        titles = ("Einführung in das Vereinsrecht", "Satzung und Versammlung", "Gemeinnützigkeit")
        modules = tuple(
            ModuleFacts(code=f"{code}-{number}", title=title, units=8, position=number)
            for number, title in enumerate(titles, start=1)
        )
        return LevelChanged(level_id=new_id(), code=code, title=title, position=position, modules=modules)

    def run_event(self, run_id: UUID, level_code: str = "grundkurs") -> RunChanged:
        return RunChanged(
            run_id=run_id,
            level_code=level_code,
            title="Grundkurs Herbst",
            town="Reutlingen",
            region_code="neckar-alb",
            carrier_id=new_id(),
            carrier_name="Haus der Vielfalt",
            starts_on=date(2026, 9, 5),
            ends_on=date(2026, 11, 14),
            state="finished",
        )

    def run(self, level_code: str = "grundkurs") -> UUID:
        run_id = new_id()
        self.hear(self.run_event(run_id, level_code))
        return run_id

    def facts(
        self, person_id: UUID, run_id: UUID, *, level_code: str = "grundkurs", place_id: UUID | None = None
    ) -> tuple[AttendanceCompleted, LevelPassed]:
        place_id = place_id or new_id()
        common: dict[str, Any] = {
            "place_id": place_id,
            "run_id": run_id,
            "person_id": person_id,
            "level_code": level_code,
        }
        return (
            AttendanceCompleted(**common, units_attended=20, units_offered=24, completed_on=date(2026, 11, 14)),
            LevelPassed(**common, passed_on=date(2026, 11, 20), quizzes_passed=3, assignments_accepted=3),
        )

    def certify(self, person_id: UUID, *, level_code: str = "grundkurs") -> Certificate:
        """Everything that leads to a certificate."""
        if not self.has_level(level_code):
            self.level(level_code, title=level_code.capitalize())
        self.hear(*self.facts(person_id, self.run(level_code), level_code=level_code))
        return next(c for c in self.certificates() if (c.person_id, c.level_code) == (person_id, level_code))

    def has_level(self, code: str) -> bool:
        with self.service.transaction() as session:
            return session.scalar(sa.text("SELECT count(*) FROM level_copy WHERE code = :code"), {"code": code}) > 0

    def association(self, name: str = "Brücke e. V.", *, is_active: bool = True) -> UUID:
        association_id = new_id()
        self.hear(
            AssociationChanged(
                association_id=association_id,
                name=name,
                town="Tübingen",
                region_code="neckar-alb",
                is_active=is_active,
            )
        )
        return association_id

    def join(self, association_id: UUID, person_id: UUID) -> MembershipChanged:
        event = MembershipChanged(
            membership_id=new_id(), association_id=association_id, person_id=person_id, is_current=True
        )
        self.hear(event)
        return event

    def certificates(self) -> list[Certificate]:
        with self.service.transaction() as session:
            return list(session.scalars(sa.select(Certificate).order_by(Certificate.issued_at)))

    def sent(self, event_type: str) -> list[dict[str, Any]]:
        """The payloads of the events that were told, one per event."""
        query = sa.text(
            "SELECT DISTINCT ON (event_id) payload FROM outbox_message WHERE type = :type ORDER BY event_id, sequence"
        )
        with self.service.transaction() as session:
            return [row.payload for row in session.execute(query, {"type": event_type})]

    def half_office(self) -> CheckedClient:
        """Somebody of the office who has given a password alone."""
        return self.service.client_of(self.person("Petra Büro", language="de", roles=(OFFICE,)), methods=("pwd",))

    def office(self) -> CheckedClient:
        return self.service.client_of(self.person("Petra Büro", language="de", roles=(OFFICE,)))
