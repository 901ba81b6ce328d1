"""Reading who belongs to an association."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.models.associations import Membership
from services.enrollment.models.credentials import SignInSlip
from services.enrollment.models.people import Person
from shared.kernel.errors import NotFound


@dataclass(frozen=True)
class Member:
    """One member as the board's list shows it. Of how somebody signs in only what the board is there to help with."""

    membership_id: UUID
    person_id: UUID
    full_name: str
    is_board: bool
    joined_on: date
    has_email: bool
    slip_issued_at: datetime | None
    slip_used_at: datetime | None


def list_members(
    session: Session, *, association_id: UUID, after: tuple[str, UUID] | None = None, limit: int = 50
) -> list[Member]:
    """Present members by name; after the last one of a page."""
    name = sa.func.lower(Person.full_name)
    statement = _members(association_id).order_by(name, Membership.id).limit(limit)
    if after is not None:
        statement = statement.where(sa.tuple_(name, Membership.id) > after)
    return [_member(row[0], row[1], row[2]) for row in session.execute(statement)]


def get_member(session: Session, *, association_id: UUID, membership_id: UUID) -> Member:
    """One present member of this association, or NotFound."""
    row = session.execute(_members(association_id).where(Membership.id == membership_id)).first()
    if row is None:
        raise NotFound(kind="membership")
    return _member(row[0], row[1], row[2])


def _members(association_id: UUID) -> sa.Select[Membership, Person, SignInSlip]:
    return (
        sa.select(Membership, Person, SignInSlip)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(SignInSlip, sa.and_(SignInSlip.person_id == Person.id, SignInSlip.voided_at.is_(None)))
        .where(Membership.association_id == association_id, Membership.left_on.is_(None))
    )


def _member(membership: Membership, person: Person, slip: SignInSlip | None) -> Member:
    return Member(
        membership_id=membership.id,
        person_id=person.id,
        full_name=person.full_name,
        is_board=membership.is_board,
        joined_on=membership.joined_on,
        has_email=person.email is not None,
        slip_issued_at=slip.issued_at if slip else None,
        slip_used_at=slip.last_used_at if slip else None,
    )


def find_current_membership(session: Session, *, association_id: UUID, person_id: UUID) -> Membership | None:
    """The person's present membership."""
    return session.scalar(
        sa.select(Membership).where(
            Membership.association_id == association_id,
            Membership.person_id == person_id,
            Membership.left_on.is_(None),
        )
    )


def get_current_membership(
    session: Session, *, association_id: UUID, membership_id: UUID | None = None, person_id: UUID | None = None
) -> Membership:
    """The present membership of this association, or NotFound; one of another association is not found either."""
    statement = sa.select(Membership).where(Membership.association_id == association_id, Membership.left_on.is_(None))
    if person_id is not None:
        statement = statement.where(Membership.person_id == person_id)
    else:
        statement = statement.where(Membership.id == membership_id)
    membership = session.scalar(statement.execution_options(populate_existing=True))
    if membership is None:
        raise NotFound(kind="membership")
    return membership


def count_other_members(session: Session, *, association_id: UUID, person_id: UUID) -> int:
    """How many others belong to the association now. Hold the association's row."""
    statement = sa.select(sa.func.count()).where(
        Membership.association_id == association_id,
        Membership.person_id != person_id,
        Membership.left_on.is_(None),
    )
    return session.scalar(statement) or 0


def count_other_board(session: Session, *, association_id: UUID, person_id: UUID) -> int:
    """How many others are on the board now. Hold the association's row."""
    statement = sa.select(sa.func.count()).where(
        Membership.association_id == association_id,
        Membership.person_id != person_id,
        Membership.left_on.is_(None),
        Membership.is_board,
    )
    return session.scalar(statement) or 0


def list_current_memberships(session: Session, *, person_id: UUID) -> list[Membership]:
    """The person's present memberships, oldest first."""
    statement = sa.select(Membership).where(Membership.person_id == person_id, Membership.left_on.is_(None))
    return list(session.scalars(statement.order_by(Membership.association_id)))


def list_member_ids(session: Session, *, association_id: UUID) -> list[UUID]:
    """The ids of the present members, in the order in which their rows are locked."""
    statement = sa.select(Membership.person_id).where(
        Membership.association_id == association_id, Membership.left_on.is_(None)
    )
    return list(session.scalars(statement.order_by(Membership.person_id)))
