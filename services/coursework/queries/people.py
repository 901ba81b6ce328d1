"""People, by id."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.coursework.models import PersonCopy


def find_person(session: Session, *, person_id: UUID) -> PersonCopy | None:
    """The local copy of a person."""
    return session.get(PersonCopy, person_id)


def list_names(session: Session, *, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by person id; people who are not known here are left out."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    rows = session.execute(select(PersonCopy.person_id, PersonCopy.full_name).where(PersonCopy.person_id.in_(wanted)))
    return {row.person_id: row.full_name for row in rows}
