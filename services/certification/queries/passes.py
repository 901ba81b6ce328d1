"""Passes, their rule, and the members that count for them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.passes import DEFAULT_RULE, PassRule, PassState
from services.certification.models import AssociationCopy, AssociationPass, MembershipCopy, PassRuleVersion, PersonCopy
from services.certification.queries.cursors import Cursor
from shared.kernel.errors import NotFound


def present_rule(session: Session) -> PassRule:
    """The rule that counts now: the highest version, or the programme's default before the first one."""
    row = session.scalars(sa.select(PassRuleVersion).order_by(PassRuleVersion.version.desc()).limit(1)).first()
    return DEFAULT_RULE if row is None else _rule(row)


def list_rules(session: Session) -> list[PassRuleVersion]:
    """All versions of the rule, the newest first."""
    return list(session.scalars(sa.select(PassRuleVersion).order_by(PassRuleVersion.version.desc())))


def _rule(row: PassRuleVersion) -> PassRule:
    return PassRule(
        version=row.version,
        members_needed=row.members_needed,
        level_codes=tuple(row.level_codes),
        validity_months=row.validity_months,
    )


def find_pass(session: Session, *, number: str) -> AssociationPass | None:
    """The pass of a number."""
    return session.scalars(sa.select(AssociationPass).where(AssociationPass.number == number)).one_or_none()


def find_pass_of(session: Session, *, association_id: UUID) -> AssociationPass | None:
    """The pass of an association."""
    statement = sa.select(AssociationPass).where(AssociationPass.association_id == association_id)
    return session.scalars(statement).one_or_none()


def lock_associations(session: Session, *, association_ids: Collection[UUID]) -> list[AssociationCopy]:
    """These associations, locked in one order: a pass is weighed by one transaction at a time."""
    statement = (
        sa.select(AssociationCopy)
        .where(AssociationCopy.association_id.in_(association_ids))
        .order_by(AssociationCopy.association_id)
        .with_for_update()
    )
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def find_association(session: Session, *, association_id: UUID) -> AssociationCopy | None:
    """One association."""
    return session.get(AssociationCopy, association_id)


def get_association(session: Session, *, association_id: UUID) -> AssociationCopy:
    """One association. Raises NotFound."""
    association = find_association(session, association_id=association_id)
    if association is None:
        raise NotFound(kind="association")
    return association


def list_associations(session: Session, *, association_ids: Collection[UUID]) -> list[AssociationCopy]:
    """These associations by name."""
    statement = sa.select(AssociationCopy).where(AssociationCopy.association_id.in_(association_ids))
    return list(session.scalars(statement.order_by(AssociationCopy.name)))


def list_members(session: Session, *, association_id: UUID) -> list[UUID]:
    """The ids of the present members whose accounts are open."""
    statement = (
        sa.select(MembershipCopy.person_id)
        .outerjoin(PersonCopy, PersonCopy.person_id == MembershipCopy.person_id)
        .where(
            MembershipCopy.association_id == association_id,
            MembershipCopy.is_current,
            sa.func.coalesce(PersonCopy.is_active, sa.true()),
        )
        .distinct()
        .order_by(MembershipCopy.person_id)
    )
    return list(session.scalars(statement))


def list_associations_of(session: Session, *, person_id: UUID) -> list[UUID]:
    """The associations that a person belongs to now, in the order of locking."""
    statement = (
        sa.select(MembershipCopy.association_id)
        .where(MembershipCopy.person_id == person_id, MembershipCopy.is_current)
        .distinct()
        .order_by(MembershipCopy.association_id)
    )
    return list(session.scalars(statement))


def list_all_associations(session: Session) -> list[UUID]:
    """Every association with members or a pass, in the order of locking."""
    with_members = sa.select(MembershipCopy.association_id)
    with_pass = sa.select(AssociationPass.association_id)
    union = sa.union(with_members, with_pass).subquery()
    return list(session.scalars(sa.select(union.c.association_id).order_by(union.c.association_id)))


def list_ending_passes(session: Session, *, today: date) -> list[UUID]:
    """Associations whose pass has passed its last day and is not yet ended."""
    statement = sa.select(AssociationPass.association_id).where(
        AssociationPass.valid_until < today, AssociationPass.state != PassState.ENDED
    )
    return list(session.scalars(statement.order_by(AssociationPass.association_id)))


def list_passes(
    session: Session,
    *,
    search: str = "",
    state: PassState | None = None,
    after: Cursor | None = None,
    limit: int,
) -> list[tuple[AssociationPass, AssociationCopy]]:
    """The register of passes with their associations, the newest first, found by part of the association's name."""
    statement = (
        sa.select(AssociationPass, AssociationCopy)
        .join(AssociationCopy, AssociationCopy.association_id == AssociationPass.association_id)
        .order_by(AssociationPass.awarded_at.desc(), AssociationPass.id.desc())
        .limit(limit)
    )
    if state is not None:
        statement = statement.where(AssociationPass.state == state)
    if search:
        statement = statement.where(AssociationCopy.name.icontains(search, autoescape=True))
    if after is not None:
        statement = statement.where(sa.tuple_(AssociationPass.awarded_at, AssociationPass.id) < after)
    return [(row[0], row[1]) for row in session.execute(statement)]
