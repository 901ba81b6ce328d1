"""The world of coursework's tests: a level with two modules, a run, people, a small quiz and an assignment in each."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.coursework.adapters.seed_content import TextSource
from services.coursework.models import LevelResult
from services.coursework.operations.seeding.assignments import ensure_assignment
from services.coursework.operations.seeding.materials import ensure_lesson
from services.coursework.operations.seeding.quizzes import ensure_quiz
from services.coursework.operations.uploads import check_upload
from services.coursework.tasks.inbound import HANDLERS
from shared.contracts.codec import decode_event, encode
from shared.contracts.enrollment import (
    GrantedRole,
    LevelChanged,
    ModuleFacts,
    PersonChanged,
    PlaceConfirmed,
    PlaceReleased,
    RunChanged,
)
from shared.contracts.event import Envelope, Event
from shared.kernel.actor import Actor, Role, RoleGrant, ScopeKind
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import inbox
from shared.messaging.tables import outbox_message
from tests.integration.coursework.content import ASSIGNMENT, LEVEL, MODULES, QUIZ, RIGHT
from tests.support.service import CheckedClient, ServiceUnderTest


@dataclass
class Person:
    """Somebody with a browser."""

    id: UUID
    client: CheckedClient
    actor: Actor


@dataclass
class World:
    """Coursework, and what enrollment tells it."""

    service: ServiceUnderTest
    run_id: UUID = field(default_factory=new_id)
    other_run_id: UUID = field(default_factory=new_id)
    versions: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    modules: tuple[str, ...] = MODULES

    def build(self) -> "World":
        """Level, runs and content."""
        self.hear(
            LevelChanged(
                level_id=new_id(),
                code=LEVEL,
                title="Grundkurs",
                position=1,
                modules=tuple(
                    ModuleFacts(code=code, title=f"Modul {code}", units=8, position=position)
                    for position, code in enumerate(self.modules, start=1)
                ),
            ),
            self.run(self.run_id, "Grundkurs Heilbronn"),
            self.run(self.other_run_id, "Grundkurs Freiburg"),
        )
        with self.service.transaction() as session:
            for code in self.modules:
                self._content(session, code)
        return self

    def run(self, run_id: UUID, title: str, *, trainer_ids: tuple[UUID, ...] = ()) -> RunChanged:
        return RunChanged(
            run_id=run_id,
            level_code=LEVEL,
            title=title,
            town="Heilbronn",
            region_code="heilbronn",
            carrier_id=new_id(),
            carrier_name="Haus der Vereine",
            starts_on=date(2026, 11, 7),
            ends_on=date(2026, 12, 19),
            state="running",
            trainer_ids=trainer_ids,
        )

    def _content(self, session: Session, code: str) -> None:
        lesson = TextSource(10, "Lektion", "Ein **Verein** hat eine Satzung.", "Leicht", "Ein Verein hat Regeln.")
        ensure_lesson(session, code=code, source=lesson, now=utc_now())
        second = TextSource(20, "Zweite Lektion", "Noch mehr.", None, None)
        ensure_lesson(session, code=code, source=second, now=utc_now())
        ensure_quiz(session, code=code, source=QUIZ, now=utc_now())
        ensure_assignment(session, code=code, source=ASSIGNMENT)

    def hear(self, *events: Event) -> None:
        """Take events in as the worker does."""
        for event in events:
            with self.service.transaction() as session:
                inbox.take_in(session, self.envelope(event), handlers=HANDLERS, now=utc_now())

    def envelope(self, event: Event) -> Envelope:
        return Envelope(
            message_id=new_id(),
            event_id=new_id(),
            type=event.type,
            version=event.version,
            producer=event.type.partition(".")[0],
            destination="coursework",
            subject=event.subject,
            subject_id=event.subject_id,
            subject_version=next(self.versions),
            occurred_at=utc_now(),
            payload=encode(event),
            trace={},
        )

    def person(self, name: str, *roles: GrantedRole, language: str = "en") -> Person:
        """Somebody with an account."""
        person_id = new_id()
        self.hear(
            PersonChanged(
                person_id=person_id,
                full_name=name,
                language=language,
                session_version=1,
                is_active=True,
                roles=roles,
            )
        )
        grants = frozenset(
            RoleGrant(role=Role(r.role), scope_kind=ScopeKind(r.scope_kind), scope_id=r.scope_id) for r in roles
        )
        actor = Actor(person_id=person_id, grants=grants, has_second_factor=True)
        return Person(person_id, self.service.client_of(person_id, language=language), actor)

    def learner(self, name: str = "Amal Haddad", *, run_id: UUID | None = None, language: str = "en") -> Person:
        """Somebody with a confirmed place."""
        person = self.person(name, language=language)
        self.confirm(person, run_id=run_id)
        return person

    def confirm(self, person: Person, *, run_id: UUID | None = None) -> UUID:
        """Give a person a place."""
        place_id = new_id()
        self.hear(
            PlaceConfirmed(place_id=place_id, run_id=run_id or self.run_id, person_id=person.id, level_code=LEVEL)
        )
        return place_id

    def release(self, person: Person, place_id: UUID) -> None:
        """Take a place away."""
        self.hear(PlaceReleased(place_id=place_id, run_id=self.run_id, person_id=person.id))

    def trainer(self, name: str = "Tariq Weber", *, run_id: UUID | None = None) -> Person:
        """Somebody who trains the run."""
        role = GrantedRole(role="trainer", scope_kind="run", scope_id=run_id or self.run_id)
        return self.person(name, role)

    def office(self) -> Person:
        """Somebody of the programme's office."""
        return self.person("Olga Office", GrantedRole(role="office", scope_kind="programme"))

    def course(self, path: str = "") -> str:
        return f"/coursework/runs/{self.run_id}{path}"

    def start_quiz(self, learner: Person, module: str = MODULES[0]) -> str:
        """Begin an attempt; its address."""
        response = learner.client.post(self.course(f"/quiz/{module}"))
        assert response.status_code == 303, response.text
        return str(response.headers["Location"])

    def pass_quiz(self, learner: Person, module: str = MODULES[0]) -> str:
        """Answer everything right and hand in; the attempt's address."""
        address = self.start_quiz(learner, module)
        saved = learner.client.post(address, data=RIGHT)
        assert saved.status_code == 303, saved.text
        submitted = learner.client.post(f"{address}/submit")
        assert submitted.status_code == 303, submitted.text
        return address

    def hand_in(self, learner: Person, module: str = MODULES[0], *, note: str = "Unser Verein") -> UUID:
        """Write a text and hand it in; the submission's id."""
        learner.client.post(self.course(f"/assignment/{module}/note"), data={"note": note})
        with self.service.transaction() as session:
            submission_id: UUID = session.execute(
                sa.text("SELECT id FROM submission WHERE person_id = :p AND module_code = :m AND state = 'draft'"),
                {"p": learner.id, "m": module},
            ).scalar_one()
        response = learner.client.post(f"/coursework/submissions/{submission_id}/hand-in", data={"note": note})
        assert response.status_code == 303, response.text
        return submission_id

    def accept(self, trainer: Person, submission_id: UUID, *, outcome: str = "accepted") -> None:
        """Grade a submission."""
        response = trainer.client.post(
            f"/coursework/gradings/{submission_id}/decide",
            data={"level-facts": "high", "level-reason": "high", "feedback": "Gut gemacht.", "outcome": outcome},
        )
        assert response.status_code == 303, response.text

    def events(self, event_class: type[Event]) -> list[Any]:
        """The events of a class that were told, in order."""
        with self.service.transaction() as session:
            rows = session.execute(
                sa.select(outbox_message)
                .where(outbox_message.c.type == event_class.type)
                .order_by(outbox_message.c.sequence)
            ).all()
        return [decode_event(self._as_envelope(row)) for row in rows]

    def _as_envelope(self, row: Any) -> Envelope:
        return Envelope(
            message_id=row.id,
            event_id=row.event_id,
            type=row.type,
            version=row.version,
            producer="coursework",
            destination=row.destination,
            subject=row.subject,
            subject_id=row.subject_id,
            subject_version=row.subject_version,
            occurred_at=row.occurred_at,
            payload=row.payload,
            trace=row.trace,
        )

    def result(self, learner: Person) -> LevelResult | None:
        """The stored result of a learner."""
        with self.service.transaction() as session:
            return session.scalar(
                sa.select(LevelResult).join(
                    sa.table("place_copy", sa.column("place_id"), sa.column("person_id")),
                    sa.text("place_copy.place_id = level_result.place_id AND place_copy.person_id = :person"),
                ),
                {"person": learner.id},
            )

    def check_uploads(self) -> None:
        """Have every arrived file checked, as the worker does when its message comes."""
        with self.service.transaction() as session:
            ids = session.execute(sa.text("SELECT id FROM upload WHERE state = 'arrived'")).scalars().all()
        for upload_id in ids:
            self._check(upload_id)

    def _check(self, upload_id: UUID) -> None:
        with self.service.transaction() as session:
            check_upload(session, documents=self.service.resources.documents, upload_id=upload_id, now=utc_now())
