"""Weighings of all associations by a new version of the rule of the pass."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.weighings import WeighingState
from services.certification.models import AssociationCopy, AssociationPass, MembershipCopy, PassWeighing

_IS_WEIGHABLE = sa.or_(
    sa.exists().where(MembershipCopy.association_id == AssociationCopy.association_id, MembershipCopy.is_current),
    sa.exists().where(AssociationPass.association_id == AssociationCopy.association_id),
)


def find_weighing(session: Session, *, rule_version: int) -> PassWeighing | None:
    """The weighing by a version of the rule."""
    return session.get(PassWeighing, rule_version)


def find_newest_weighing(session: Session) -> PassWeighing | None:
    """The weighing by the newest version that has one."""
    return session.scalars(sa.select(PassWeighing).order_by(PassWeighing.rule_version.desc()).limit(1)).first()


def lock_weighing(session: Session, *, rule_version: int) -> PassWeighing | None:
    """The weighing by a version, locked: its steps are done one after the other."""
    return _locked(session, PassWeighing.rule_version == rule_version)


def lock_running_weighing(session: Session) -> PassWeighing | None:
    """The weighing that is under way, locked; waits for the step that is being done."""
    return _locked(session, PassWeighing.state == WeighingState.RUNNING)


def _locked(session: Session, which: sa.ColumnElement[bool]) -> PassWeighing | None:
    statement = sa.select(PassWeighing).where(which).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def count_weighable(session: Session) -> int:
    """How many associations have present members or a pass."""
    return session.scalar(sa.select(sa.func.count()).select_from(AssociationCopy).where(_IS_WEIGHABLE)) or 0


def list_weighable_after(session: Session, *, after: UUID | None, limit: int) -> list[UUID]:
    """The next associations with present members or a pass, in the order of locking."""
    statement = sa.select(AssociationCopy.association_id).where(_IS_WEIGHABLE)
    if after is not None:
        statement = statement.where(AssociationCopy.association_id > after)
    return list(session.scalars(statement.order_by(AssociationCopy.association_id).limit(limit)))


def list_weighable_associations(session: Session) -> list[AssociationCopy]:
    """Every association with present members or a pass, in the order of locking."""
    statement = sa.select(AssociationCopy).where(_IS_WEIGHABLE)
    return list(session.scalars(statement.order_by(AssociationCopy.association_id)))
