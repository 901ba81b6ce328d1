"""People, as enrollment last described them."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.models import PersonCopy


def find_person(session: Session, *, person_id: UUID) -> PersonCopy | None:
    """One person."""
    return session.get(PersonCopy, person_id)


def names_of(session: Session, *, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """The present names of these people; who is unknown here is left out."""
    statement = sa.select(PersonCopy.person_id, PersonCopy.full_name).where(PersonCopy.person_id.in_(person_ids))
    return {row.person_id: row.full_name for row in session.execute(statement)}


def people_of(session: Session, *, person_ids: Collection[UUID]) -> dict[UUID, PersonCopy]:
    """These people by id; who is unknown here is left out."""
    statement = sa.select(PersonCopy).where(PersonCopy.person_id.in_(person_ids))
    return {person.person_id: person for person in session.scalars(statement)}
