"""Keeping the copies of associations and memberships; their passes follow."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.models import AssociationCopy, MembershipCopy
from services.certification.operations.passes import weigh_passes
from shared.contracts.enrollment import AssociationChanged, MembershipChanged


def keep_association(session: Session, *, event: AssociationChanged, now: datetime) -> None:
    """Take over an association and weigh its pass: one that is no longer active holds none."""
    values = {
        "name": event.name,
        "town": event.town,
        "region_code": event.region_code,
        "is_active": event.is_active,
    }
    statement = insert(AssociationCopy).values(association_id=event.association_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["association_id"], set_=values))
    weigh_passes(session, association_ids=[event.association_id], now=now)


def keep_membership(session: Session, *, event: MembershipChanged, now: datetime) -> None:
    """Take over who belongs to an association, and weigh its pass."""
    values = {
        "association_id": event.association_id,
        "person_id": event.person_id,
        "is_current": event.is_current,
    }
    statement = insert(MembershipCopy).values(membership_id=event.membership_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["membership_id"], set_=values))
    weigh_passes(session, association_ids=[event.association_id], now=now)
