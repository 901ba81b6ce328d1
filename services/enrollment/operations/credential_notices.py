"""Whatever changes about somebody's ways to sign in is recorded, and the person is told by mail."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain.letters import CredentialChange, Letter
from services.enrollment.models.people import Person
from services.enrollment.operations.notifications import tell_person
from shared.db import audit
from shared.kernel.actor import Actor


def note_change(session: Session, *, actor: Actor, person: Person, change: CredentialChange, now: datetime) -> None:
    """Write the audit line and the letter. People without an address see the change in their list of ways in."""
    audit.record(
        session,
        actor=actor,
        action=f"person.{change.value}",
        subject="person",
        subject_id=person.id,
        now=now,
    )
    tell_person(
        session,
        person_id=person.id,
        template=Letter.CREDENTIALS_CHANGED,
        facts={"change": change.value, "at": now.isoformat(), "path": "/profile/sign-in"},
        key=f"{change.value}:{now.isoformat()}",
        now=now,
    )
