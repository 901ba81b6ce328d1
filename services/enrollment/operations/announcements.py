"""What the other services hear of people and associations: always the whole present state, under the subject's lock."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain.associations import is_active
from services.enrollment.domain.people import PersonState
from services.enrollment.domain.roles import in_order
from services.enrollment.models.associations import Association, Membership
from services.enrollment.models.people import Person
from services.enrollment.queries.people import grants_of
from shared.contracts.enrollment import AssociationChanged, GrantedRole, MembershipChanged, PersonChanged
from shared.messaging import outbox


def announce_person(session: Session, person: Person, *, now: datetime) -> None:
    """Tell the person's present state. Lock the person's row first; flushes, so that new roles are in it."""
    session.flush()
    is_open = person.state is PersonState.ACTIVE
    grants = in_order(grants_of(session, person.id)) if is_open else []
    event = PersonChanged(
        person_id=person.id,
        full_name=person.full_name,
        language=person.language,
        session_version=person.session_version,
        is_active=is_open,
        roles=tuple(GrantedRole(role=g.role, scope_kind=g.scope_kind, scope_id=g.scope_id) for g in grants),
    )
    outbox.append(session, event, now=now)


def announce_association(session: Session, association: Association, *, now: datetime) -> None:
    """Tell the association's present state. Lock its row first."""
    event = AssociationChanged(
        association_id=association.id,
        name=association.name,
        town=association.town,
        region_code=association.region_code,
        is_active=is_active(association.state),
    )
    outbox.append(session, event, now=now)


def announce_membership(session: Session, membership: Membership, *, now: datetime) -> None:
    """Tell whether the person belongs to the association now. Lock the association's row first."""
    event = MembershipChanged(
        membership_id=membership.id,
        association_id=membership.association_id,
        person_id=membership.person_id,
        is_current=membership.left_on is None,
    )
    outbox.append(session, event, now=now)
