"""People as tests arrange them: through the same operations as the pages, and what is read out of the letters."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.enrollment.adapters.letters import render_letter
from services.enrollment.models.regions import Region
from services.enrollment.operations.associations import found_association
from services.enrollment.operations.links import confirm_email
from services.enrollment.operations.roles import assign_role
from services.enrollment.operations.sign_up import sign_up
from services.enrollment.queries.people import grants_of
from shared.kernel.actor import SYSTEM, Actor, Role, ScopeKind
from shared.kernel.clock import utc_now
from shared.messaging.tables import outbox_message
from tests.support.service import CheckedClient, ServiceUnderTest

PASSWORD = "drei gute Worte"


@dataclass(frozen=True)
class Mail:
    """A letter that waits to be sent, as its reader will see it."""

    recipient: str
    template: str
    subject: str
    text: str
    path: str


class Accounts:
    """Ways to arrange people, associations and letters over one service under test."""

    def __init__(self, service: ServiceUnderTest) -> None:
        self.service = service
        with service.transaction() as session:
            if session.get(Region, "neckar-alb") is None:
                session.add(Region(code="neckar-alb", name="Neckar-Alb", position=90))

    def person(self, name: str = "Leyla Demir", *, email: str | None = None, password: str | None = None) -> UUID:
        """Somebody with an account; with a confirmed address, where one is given."""
        with self.service.transaction() as session:
            signed_in = sign_up(
                session,
                full_name=name,
                email=email,
                password=password,
                invite_code=None,
                language="en",
                now=utc_now(),
            )
        if email is not None:
            secret = self.newest_mail(email).path.rpartition("/")[2]
            with self.service.transaction() as session:
                confirm_email(session, actor=Actor(signed_in.person_id), secret=secret, now=utc_now())
        return signed_in.person_id

    def staff(self, role: Role = Role.OFFICE, **more: Any) -> UUID:
        """Somebody with a role of the programme."""
        person_id = self.person(**more)
        with self.service.transaction() as session:
            assign_role(
                session,
                actor=SYSTEM,
                person_id=person_id,
                role=role,
                scope_kind=ScopeKind.PROGRAMME,
                scope_id=None,
                now=utc_now(),
            )
        return person_id

    def association(self, board_id: UUID, name: str = "Brücken e. V.") -> UUID:
        """An association with one person on its board."""
        with self.service.transaction() as session:
            return found_association(
                session,
                actor=self.actor(board_id),
                name=name,
                town="Reutlingen",
                region_code="neckar-alb",
                now=utc_now(),
            ).id

    def actor(self, person_id: UUID) -> Actor:
        """The person with the roles that count after a second factor."""
        with self.service.transaction() as session:
            return Actor(person_id, grants_of(session, person_id), has_second_factor=True)

    def mails(self, recipient: str) -> list[Mail]:
        """Letters to an address, oldest first."""
        with self.service.transaction() as session:
            payloads = session.scalars(
                sa.select(outbox_message.c.payload)
                .where(outbox_message.c.type == "mail.requested")
                .order_by(outbox_message.c.sequence)
            ).all()
        return [_mail(payload) for payload in payloads if payload["recipient"] == recipient]

    def newest_mail(self, recipient: str) -> Mail:
        """The last letter to an address."""
        return self.mails(recipient)[-1]

    def events(self, subject_id: UUID) -> list[dict[str, Any]]:
        """What certification hears about a subject, oldest first."""
        with self.service.transaction() as session:
            return list(
                session.scalars(
                    sa.select(outbox_message.c.payload)
                    .where(outbox_message.c.subject_id == subject_id, outbox_message.c.destination == "certification")
                    .order_by(outbox_message.c.sequence)
                )
            )


def _mail(payload: dict[str, Any]) -> Mail:
    letter = render_letter(
        payload["template"], language=payload["language"], facts=payload["facts"], base_url="http://memo.test"
    )
    return Mail(
        payload["recipient"], payload["template"], letter.subject, letter.text, payload["facts"].get("path", "")
    )


def is_signed_in(client: CheckedClient) -> bool:
    """Whether the browser's pages know who is there."""
    return client.get("/profile").status_code == 200
