"""Letters of enrollment: who is told, and with which facts. The sentences are in `adapters/letters.py`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain.letters import Letter
from services.enrollment.models.people import Person
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from shared.mail import request_mail


def tell_person(
    session: Session, *, person_id: UUID, template: Letter, facts: dict[str, str], key: str, now: datetime
) -> None:
    """Have a letter sent in the person's language. Somebody without an e-mail address sees the same on their pages.

    The letter leaves once for one `key`. Instants and dates travel as ISO 8601; the letter writes them out.
    """
    person = session.get(Person, person_id)
    if person is None or person.email is None:
        return
    request_mail(
        session,
        recipient=person.email,
        language=person.language,
        template=template.value,
        facts={"name": person.full_name, **facts},
        key=f"{template}:{key}:{person_id}",
        now=now,
    )


def tell_of_place(session: Session, *, run: Run, place: Place, template: Letter, now: datetime) -> None:
    """Tell the person how the place in the run stands now."""
    facts = {"run": run.title, "town": run.town, "starts_on": run.starts_on.isoformat(), "path": f"/runs/{run.id}"}
    if place.offer_expires_at is not None:
        facts["deadline"] = place.offer_expires_at.isoformat()
    key = f"{place.id}:{now.isoformat()}"
    tell_person(session, person_id=place.person_id, template=template, facts=facts, key=key, now=now)
