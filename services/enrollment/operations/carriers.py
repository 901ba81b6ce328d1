"""Carriers and their venues."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain.errors import CarrierExists
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.models.carriers import Carrier
from services.enrollment.models.venues import Venue
from services.enrollment.queries import carriers as carriers_query
from services.enrollment.queries import regions as regions_query
from shared.db import audit, refusing
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require


@dataclass(frozen=True)
class VenueDetails:
    """A house, and what people must know before they come."""

    name: str
    street: str
    postcode: str
    town: str
    access_notes: str = ""
    has_ramp: bool = False
    has_prayer_room: bool = False
    has_childcare: bool = False


def create_carrier(
    session: Session, *, actor: Actor, name: str, region_code: str, town: str, contact: str, now: datetime
) -> Carrier:
    """Let a body hold courses in a region. Raises CarrierExists."""
    require(PERMISSIONS, actor, Permission.CARRIER_MANAGE, Facts())
    region = regions_query.get_region(session, region_code)
    carrier = Carrier(id=new_id(), name=name, region_code=region.code, town=town, contact=contact)
    with refusing({"uq_carrier_name": CarrierExists}):
        session.add(carrier)
        session.flush()  # The name must be new; the constraint says so here.
    audit.record(
        session,
        actor=actor,
        action="carrier.created",
        subject="carrier",
        subject_id=carrier.id,
        now=now,
        after={"name": name, "region": region_code},
    )
    return carrier


def add_venue(session: Session, *, actor: Actor, carrier_id: UUID, details: VenueDetails, now: datetime) -> Venue:
    """Add a house to a carrier's list."""
    require(PERMISSIONS, actor, Permission.RUN_MANAGE, Facts(carrier_id=carrier_id))
    carriers_query.get_carrier(session, carrier_id)
    venue = Venue(id=new_id(), carrier_id=carrier_id)
    _fill(venue, details)
    session.add(venue)
    _record(session, actor=actor, venue=venue, action="venue.added", now=now)
    return venue


def change_venue(
    session: Session, *, actor: Actor, carrier_id: UUID, venue_id: UUID, details: VenueDetails, now: datetime
) -> Venue:
    """Correct what is known about a house; runs that take place in it show it at once."""
    require(PERMISSIONS, actor, Permission.RUN_MANAGE, Facts(carrier_id=carrier_id))
    venue = carriers_query.get_venue(session, venue_id)
    if venue.carrier_id != carrier_id:
        raise NotFound(kind="venue")
    _fill(venue, details)
    _record(session, actor=actor, venue=venue, action="venue.changed", now=now)
    return venue


def _fill(venue: Venue, details: VenueDetails) -> None:
    venue.name, venue.street, venue.postcode, venue.town = (
        details.name,
        details.street,
        details.postcode,
        details.town,
    )
    venue.access_notes = details.access_notes
    venue.has_ramp, venue.has_prayer_room = details.has_ramp, details.has_prayer_room
    venue.has_childcare = details.has_childcare


def _record(session: Session, *, actor: Actor, venue: Venue, action: str, now: datetime) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject="venue",
        subject_id=venue.id,
        now=now,
        after={"name": venue.name, "town": venue.town},
    )
