"""Reading carriers and their venues."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from services.enrollment.models.carriers import Carrier
from services.enrollment.models.venues import Venue
from shared.kernel.errors import NotFound


def list_carriers(session: Session, *, ids: Collection[UUID] | None = None) -> Sequence[Carrier]:
    """Carriers by name; all, or those with the given ids."""
    statement = sa.select(Carrier).options(joinedload(Carrier.region)).order_by(Carrier.name)
    if ids is not None:
        statement = statement.where(Carrier.id.in_(ids))
    return session.scalars(statement).all()


def get_carrier(session: Session, carrier_id: UUID) -> Carrier:
    """The carrier, or NotFound."""
    if (carrier := session.get(Carrier, carrier_id)) is None:
        raise NotFound(kind="carrier")
    return carrier


def list_venues(session: Session, *, carrier_id: UUID) -> Sequence[Venue]:
    """The venues of a carrier by name."""
    return session.scalars(sa.select(Venue).where(Venue.carrier_id == carrier_id).order_by(Venue.name)).all()


def get_venue(session: Session, venue_id: UUID) -> Venue:
    """The venue, or NotFound."""
    if (venue := session.get(Venue, venue_id)) is None:
        raise NotFound(kind="venue")
    return venue
