"""Reading people and what they may do."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.people import PersonState, tidy_email
from services.enrollment.domain.roles import grants_of_membership
from services.enrollment.models.associations import Association, AssociationState, Membership
from services.enrollment.models.people import Person
from services.enrollment.models.roles import RoleAssignment
from shared.kernel.actor import Role, RoleGrant, ScopeKind
from shared.kernel.errors import NotFound
from shared.kernel.ids import normalise_code


def get_person(session: Session, person_id: UUID) -> Person:
    """The person, open or closed, or NotFound."""
    if (person := session.get(Person, person_id)) is None:
        raise NotFound(kind="person")
    return person


def find_active_person(session: Session, person_id: UUID) -> Person | None:
    """The person, unless the account was closed."""
    return session.scalar(sa.select(Person).where(Person.id == person_id, Person.state == PersonState.ACTIVE))


def lock_person(session: Session, person_id: UUID) -> Person:
    """The person's row, held until the transaction ends, with its present values; or NotFound."""
    statement = sa.select(Person).where(Person.id == person_id).with_for_update()
    person = session.scalar(statement.execution_options(populate_existing=True))
    if person is None:
        raise NotFound(kind="person")
    return person


def find_person_by_email(session: Session, email: str) -> Person | None:
    """Whose confirmed address this is."""
    return session.scalar(sa.select(Person).where(sa.func.lower(Person.email) == tidy_email(email)))


def find_person_by_name(session: Session, typed: str) -> Person | None:
    """Whom somebody means at sign-in: a confirmed address, or a personal code."""
    if "@" in typed:
        return find_person_by_email(session, typed)
    return session.scalar(sa.select(Person).where(Person.personal_code == normalise_code(typed)))


def grants_of(session: Session, person_id: UUID) -> frozenset[RoleGrant]:
    """Every role of a person: from memberships of associations that are not closed, and assigned ones."""
    memberships = session.execute(
        sa.select(Membership.association_id, Membership.is_board)
        .join(Association, Association.id == Membership.association_id)
        .where(
            Membership.person_id == person_id,
            Membership.left_on.is_(None),
            Association.state != AssociationState.CLOSED,
        )
    )
    assigned = session.execute(
        sa.select(RoleAssignment.role, RoleAssignment.scope_kind, RoleAssignment.scope_id).where(
            RoleAssignment.person_id == person_id, RoleAssignment.ended_at.is_(None)
        )
    )
    grants = [grant for row in memberships for grant in grants_of_membership(row.association_id, is_board=row.is_board)]
    return frozenset([*grants, *(RoleGrant(row.role, row.scope_kind, row.scope_id) for row in assigned)])


def search_people(
    session: Session, *, words: str, after: tuple[str, UUID] | None = None, limit: int = 50
) -> Sequence[Person]:
    """Open accounts whose name, address or personal code holds the words, by name; after the last one of a page."""
    name = sa.func.lower(Person.full_name)
    statement = sa.select(Person).where(Person.state == PersonState.ACTIVE).order_by(name, Person.id).limit(limit)
    if words.strip():
        pattern = words.strip().lower()
        statement = statement.where(
            sa.or_(
                name.contains(pattern, autoescape=True),
                sa.func.lower(Person.email).contains(pattern, autoescape=True),
                Person.personal_code == normalise_code(words),
            )
        )
    if after is not None:
        statement = statement.where(sa.tuple_(name, Person.id) > after)
    return session.scalars(statement).all()


def list_role_assignments(session: Session, *, person_id: UUID) -> Sequence[RoleAssignment]:
    """The staff roles that a person holds now, oldest first."""
    statement = sa.select(RoleAssignment).where(
        RoleAssignment.person_id == person_id, RoleAssignment.ended_at.is_(None)
    )
    return session.scalars(statement.order_by(RoleAssignment.granted_at, RoleAssignment.id)).all()


def find_role_assignment(
    session: Session, *, person_id: UUID, role: Role, scope_kind: ScopeKind, scope_id: UUID | None
) -> RoleAssignment | None:
    """The assignment of this role within this scope that holds now."""
    return session.scalar(
        sa.select(RoleAssignment).where(
            RoleAssignment.person_id == person_id,
            RoleAssignment.role == role,
            RoleAssignment.scope_kind == scope_kind,
            RoleAssignment.scope_id.is_not_distinct_from(scope_id),
            RoleAssignment.ended_at.is_(None),
        )
    )
