"""Reading associations."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from services.enrollment.domain.associations import AssociationState
from services.enrollment.models.associations import Association, Membership
from shared.kernel.errors import NotFound
from shared.kernel.ids import normalise_code


@dataclass(frozen=True)
class AssociationInList:
    """One association as the office's list shows it."""

    id: UUID
    name: str
    town: str
    region_name: str
    state: AssociationState
    members: int


def get_association(session: Session, association_id: UUID) -> Association:
    """The association, or NotFound."""
    if (association := session.get(Association, association_id)) is None:
        raise NotFound(kind="association")
    return association


def lock_association(session: Session, association_id: UUID) -> Association:
    """Its row, held until the transaction ends; or NotFound. Its board is counted under this lock."""
    statement = sa.select(Association).where(Association.id == association_id).with_for_update()
    association = session.scalar(statement.execution_options(populate_existing=True))
    if association is None:
        raise NotFound(kind="association")
    return association


def find_association_by_code(session: Session, typed: str) -> Association | None:
    """The association, not closed, that has this invite code now."""
    return session.scalar(
        sa.select(Association).where(
            Association.invite_code == normalise_code(typed), Association.state != AssociationState.CLOSED
        )
    )


def list_associations(
    session: Session,
    *,
    words: str = "",
    state: AssociationState | None = None,
    after: tuple[str, UUID] | None = None,
    limit: int = 50,
) -> list[AssociationInList]:
    """Associations by name, with how many members each has; after the last one of a page."""
    name = sa.func.lower(Association.name)
    members = (
        sa.select(sa.func.count())
        .where(Membership.association_id == Association.id, Membership.left_on.is_(None))
        .scalar_subquery()
    )
    statement = sa.select(Association, members).options(joinedload(Association.region))
    if words.strip():
        pattern = words.strip().lower()
        statement = statement.where(
            sa.or_(
                name.contains(pattern, autoescape=True),
                sa.func.lower(Association.town).contains(pattern, autoescape=True),
            )
        )
    if state is not None:
        statement = statement.where(Association.state == state)
    if after is not None:
        statement = statement.where(sa.tuple_(name, Association.id) > after)
    return [
        AssociationInList(row.id, row.name, row.town, row.region.name, row.state, count)
        for row, count in session.execute(statement.order_by(name, Association.id).limit(limit))
    ]


def list_associations_of(session: Session, *, person_id: UUID) -> Sequence[tuple[Association, Membership]]:
    """The associations, not closed, that a person belongs to now, by name, each with the membership."""
    statement = (
        sa.select(Association, Membership)
        .join(Membership, Membership.association_id == Association.id)
        .options(joinedload(Association.region))
        .where(
            Membership.person_id == person_id,
            Membership.left_on.is_(None),
            Association.state != AssociationState.CLOSED,
        )
    )
    return [(row.Association, row.Membership) for row in session.execute(statement.order_by(Association.name))]
