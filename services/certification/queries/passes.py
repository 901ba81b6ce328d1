"""Passes, their rule, and the members that count for them."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.passes import DEFAULT_RULE, IN_FORCE, PassRule, PassState
from services.certification.models import (
    AssociationCopy,
    AssociationPass,
    MembershipCopy,
    PassChange,
    PassRuleVersion,
)
from services.certification.queries.cursors import Cursor
from services.certification.queries.locks import AdvisoryLock
from shared.kernel.errors import NotFound


def present_rule(session: Session, *, today: date) -> PassRule:
    """The rule that counts today: the highest version that has begun, or the programme's default before the first."""
    has_begun = sa.or_(PassRuleVersion.effective_on.is_(None), PassRuleVersion.effective_on <= today)
    statement = sa.select(PassRuleVersion).where(has_begun).order_by(PassRuleVersion.version.desc()).limit(1)
    row = session.scalars(statement).first()
    return DEFAULT_RULE if row is None else rule_of(row)


def lock_rules(session: Session) -> None:
    """Let nobody else set a rule or begin a weighing until this transaction ends."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(AdvisoryLock.PASS_RULES)))


def newest_version(session: Session) -> int:
    """The number of the newest version, 0 where there is none; `lock_rules` before the next one is written."""
    return session.scalar(sa.select(sa.func.max(PassRuleVersion.version))) or 0


def list_rules(session: Session) -> list[PassRuleVersion]:
    """All versions of the rule, the newest first."""
    return list(session.scalars(sa.select(PassRuleVersion).order_by(PassRuleVersion.version.desc())))


def rule_of(row: PassRuleVersion) -> PassRule:
    """The rule that a row holds."""
    return PassRule(
        version=row.version,
        members_needed=row.members_needed,
        level_codes=tuple(row.level_codes),
        validity_months=row.validity_months,
        grace_days=row.grace_days,
        renewal_window_days=row.renewal_window_days,
        reminder_days=tuple(row.reminder_days),
        certificate_months=row.certificate_months,
        effective_on=row.effective_on,
    )


def find_pass_of(session: Session, *, association_id: UUID) -> AssociationPass | None:
    """The pass of an association."""
    statement = sa.select(AssociationPass).where(AssociationPass.association_id == association_id)
    return session.scalars(statement).one_or_none()


def passes_of(session: Session, *, association_ids: Collection[UUID] | None) -> dict[UUID, AssociationPass]:
    """The passes of these associations, or of all where None, as they were committed last."""
    statement = sa.select(AssociationPass)
    if association_ids is not None:
        statement = statement.where(AssociationPass.association_id.in_(association_ids))
    rows = session.scalars(statement.execution_options(populate_existing=True))
    return {held.association_id: held for held in rows}


def list_changes(session: Session, *, pass_id: UUID) -> list[PassChange]:
    """The history of a pass, the oldest first."""
    statement = sa.select(PassChange).where(PassChange.pass_id == pass_id)
    return list(session.scalars(statement.order_by(PassChange.changed_at, PassChange.id)))


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


def list_associations_of_people(session: Session, *, person_ids: Collection[UUID]) -> list[UUID]:
    """The associations that any of these people belongs to now, in the order of locking."""
    statement = (
        sa.select(MembershipCopy.association_id)
        .where(MembershipCopy.person_id.in_(person_ids), MembershipCopy.is_current)
        .distinct()
        .order_by(MembershipCopy.association_id)
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


def list_ending_passes(session: Session, *, today: date, within_days: int) -> list[UUID]:
    """Associations whose pass is in force and ends within so many days."""
    statement = sa.select(AssociationPass.association_id).where(
        AssociationPass.valid_until.between(today, today + timedelta(days=within_days)),
        AssociationPass.state.in_(IN_FORCE),
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
