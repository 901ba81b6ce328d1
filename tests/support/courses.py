"""People, associations, carriers and course runs for tests of enrollment, made through its operations."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain.associations import AssociationState
from services.enrollment.domain.runs import end_of_day, instant_of
from services.enrollment.models.associations import Association, Membership
from services.enrollment.models.people import Person
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from services.enrollment.operations import carriers, catalogue, places, runs, sessions
from services.enrollment.operations.roles import assign_role
from shared.kernel.actor import SYSTEM, Actor, Role, ScopeKind
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.ids import new_code, new_id
from shared.messaging.tables import outbox_message
from tests.support.service import ServiceUnderTest


@dataclass(frozen=True)
class CourseIds:
    """What a test needs to know of a carrier with one public run."""

    carrier_id: UUID
    venue_id: UUID
    run_id: UUID
    session_ids: list[UUID]


class Courses:
    """Arranges courses in a service's database; every call commits."""

    def __init__(self, service: ServiceUnderTest) -> None:
        self.service = service
        with service.transaction() as session:
            catalogue.ensure_catalogue(session, now=utc_now())

    def person(self, name: str = "Ayşe Demir", *, email: str | None = "") -> UUID:
        with self.service.transaction() as session:
            person = Person(
                id=new_id(),
                full_name=name,
                email=f"{new_code(6).lower()}@example.org" if email == "" else email,
                personal_code=new_code(8),
                language="de",
                session_version=1,
                created_at=utc_now(),
            )
            session.add(person)
            return person.id

    def association(self, *members: UUID, name: str = "Bunter Faden", board: UUID | None = None) -> UUID:
        with self.service.transaction() as session:
            association = Association(
                id=new_id(),
                name=f"{name} {new_code(4)}",
                town="Reutlingen",
                region_code="neckar-alb",
                state=AssociationState.REGISTERED,
                invite_code=new_code(8),
                created_at=utc_now(),
            )
            session.add(association)
            session.flush()
            today = programme_date(utc_now())
            for person_id in {*members, *([board] if board else [])}:
                session.add(
                    Membership(
                        id=new_id(),
                        association_id=association.id,
                        person_id=person_id,
                        is_board=person_id == board,
                        joined_on=today,
                    )
                )
            return association.id

    def grant(self, person_id: UUID, role: Role, scope_id: UUID | None = None) -> UUID:
        kinds = {Role.TRAINER: ScopeKind.RUN, Role.CARRIER_STAFF: ScopeKind.CARRIER}
        with self.service.transaction() as session:
            assign_role(
                session,
                actor=SYSTEM,
                person_id=person_id,
                role=role,
                scope_kind=kinds.get(role, ScopeKind.PROGRAMME),
                scope_id=scope_id,
                now=utc_now(),
            )
        return person_id

    def office(self) -> UUID:
        return self.grant(self.person("Olga Office"), Role.OFFICE)

    def run(
        self,
        *,
        level: str = "grundkurs",
        capacity: int = 3,
        seats_per_association: int = 2,
        starts_in_days: int = 30,
        title: str = "Grundkurs in Reutlingen",
        is_published: bool = True,
    ) -> CourseIds:
        """A run with a session for every module on days that follow each other, its registration open for 20 days."""
        now, first = utc_now(), programme_date(utc_now()) + timedelta(days=starts_in_days)
        with self.service.transaction() as session:
            carrier_id, venue_id = self._carrier(session)
            run = runs.create_run(
                session,
                actor=SYSTEM,
                carrier_id=carrier_id,
                level_code=level,
                details=runs.RunDetails(
                    title=title,
                    region_code="neckar-alb",
                    town="Reutlingen",
                    venue_id=venue_id,
                    capacity=capacity,
                    seats_per_association=seats_per_association,
                    registration_closes_at=end_of_day(first - timedelta(days=10)),
                    starts_on=first,
                    ends_on=first + timedelta(days=20),
                ),
                now=now,
            )
            self._add_sessions(session, run, first)
            if is_published:
                runs.publish_run(session, actor=SYSTEM, run_id=run.id, now=now)
            return CourseIds(carrier_id, venue_id, run.id, [entry.id for entry in run.sessions])

    def _carrier(self, session: Session) -> tuple[UUID, UUID]:
        """A carrier with a venue: their ids."""
        carrier = carriers.create_carrier(
            session,
            actor=SYSTEM,
            name=f"Werkstatt {new_code(6)}",
            region_code="neckar-alb",
            town="Reutlingen",
            contact="buero@example.org",
            now=utc_now(),
        )
        venue = carriers.add_venue(
            session,
            actor=SYSTEM,
            carrier_id=carrier.id,
            details=carriers.VenueDetails("Probierstube", "Probeweg 7", "72764", "Reutlingen", has_ramp=True),
            now=utc_now(),
        )
        session.flush()
        return carrier.id, venue.id

    def _add_sessions(self, session: Session, run: Run, first: date) -> None:
        for number, module in enumerate(list(run.level.modules)):
            on = first + timedelta(days=number)
            sessions.add_session(
                session,
                actor=SYSTEM,
                run_id=run.id,
                module_code=module.code,
                starts_at=instant_of(on, time(10)),
                ends_at=instant_of(on, time(17)),
                now=utc_now(),
            )

    def place(self, run_id: UUID, person_id: UUID, *, association_id: UUID | None = None) -> UUID:
        """The id of a place that the person asked for just now."""
        with self.service.transaction() as session:
            place = places.request_place(
                session,
                actor=Actor(person_id=person_id),
                run_id=run_id,
                person_id=person_id,
                association_id=association_id,
                now=utc_now(),
            )
            return place.id

    def state(self, place_id: UUID) -> str:
        with self.service.transaction() as session:
            place = session.get(Place, place_id)
            assert place is not None
            return place.state.value

    def begin(self, course: CourseIds, *, days_ago: int = 10) -> None:
        """Move a run so that it began some days ago, and let the calendar start it."""
        with self.service.transaction() as session:
            run = session.get(Run, course.run_id)
            assert run is not None
            shift = timedelta(days=days_ago) + (run.starts_on - programme_date(utc_now()))
            run.starts_on, run.ends_on = run.starts_on - shift, run.ends_on - shift
            run.registration_closes_at -= shift
            for entry in run.sessions:
                entry.starts_at, entry.ends_at = entry.starts_at - shift, entry.ends_at - shift
        with self.service.transaction() as session:
            runs.advance_run(session, run_id=course.run_id, now=utc_now())

    def trainer(self, course: CourseIds) -> UUID:
        """Somebody who teaches in the run."""
        trainer_id = self.person("Theo Trainer", email=f"{new_code(6).lower()}@example.org")
        with self.service.transaction() as session:
            person = session.get(Person, trainer_id)
            assert person is not None
            assert person.email is not None
            sessions.assign_trainer(session, actor=SYSTEM, run_id=course.run_id, email=person.email, now=utc_now())
        return trainer_id

    def staff(self, course: CourseIds) -> UUID:
        """Somebody who works for the run's carrier."""
        return self.grant(self.person("Carla Carrier"), Role.CARRIER_STAFF, course.carrier_id)


def messages(session: Session, *types: str) -> list[tuple[str, dict[str, Any]]]:
    """What was told, in order: (type, payload), one line per event; of these types only where given."""
    rows = session.execute(outbox_message.select().order_by(outbox_message.c.sequence))
    events = {row.event_id: (row.type, row.payload) for row in rows}
    return [(kind, payload) for kind, payload in events.values() if not types or kind in types]


def letters(session: Session, recipient_of: UUID | None = None) -> list[str]:
    """The templates of the letters that were asked for, in order."""
    person = session.get(Person, recipient_of) if recipient_of else None
    return [
        str(payload["template"])
        for _, payload in messages(session, "mail.requested")
        if person is None or payload["recipient"] == person.email
    ]
