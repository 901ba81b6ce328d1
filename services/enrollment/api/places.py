"""JSON: the places of the person who is signed in."""

from typing import Any
from uuid import UUID

from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.places import PlaceState
from services.enrollment.operations import places
from services.enrollment.queries import places as places_query
from shared.db import Session
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, signed_in, transaction
from shared.web.api import PageSchema
from shared.web.idempotency import idempotent

blueprint = Blueprint("places_api", __name__, url_prefix="/places", description="Places of the person who is signed in")


class PlaceSchema(Schema):
    """One person in one run. `position` counts from 1 on the waiting list; null where none can be told."""

    id = fields.UUID(required=True)
    run_id = fields.UUID(required=True)
    run_title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in PlaceState]))
    requested_at = fields.AwareDateTime(required=True)
    offer_expires_at = fields.AwareDateTime(required=True, allow_none=True)
    position = fields.Integer(required=True, allow_none=True)
    units_attended = fields.Integer(required=True, metadata={"description": "Teaching units of 45 minutes"})


class PlacesSchema(PageSchema):
    """All places of a person; nobody has so many that they need pages."""

    items = fields.List(fields.Nested(PlaceSchema), required=True)


def place_facts(session: Session, place: Any) -> dict[str, Any]:
    """What a program is told of a place."""
    is_waiting = place.state is PlaceState.WAITING
    turn = places_query.find_turn(session, run=place.run, place_id=place.id) if is_waiting else None
    return {
        "id": place.id,
        "run_id": place.run_id,
        "run_title": place.run.title,
        "state": place.state.value,
        "requested_at": place.requested_at,
        "offer_expires_at": place.offer_expires_at,
        "position": turn.position if turn else None,
        "units_attended": place.units_attended or 0,
    }


@blueprint.get("")
@signed_in
@blueprint.response(200, PlacesSchema)
def mine() -> dict[str, Any]:
    """My places, the latest course first, those that have ended included."""
    with reading() as session:
        own = places_query.list_places_of_person(session, person_id=current_user.id)
        return {"items": [place_facts(session, place) for place in own], "next_cursor": None}


@blueprint.post("/<uuid:place_id>/accept")
@requires(Permission.PLACE_ANSWER)
@idempotent
@blueprint.response(200, PlaceSchema)
def accept(place_id: UUID) -> dict[str, Any]:
    """Take the seat that is offered."""
    with transaction() as session:
        place = places.accept_offer(session, actor=current_actor(), place_id=place_id, now=utc_now())
        return place_facts(session, place)


@blueprint.post("/<uuid:place_id>/leave")
@requires(Permission.PLACE_LEAVE)
@idempotent
@blueprint.response(200, PlaceSchema)
def leave(place_id: UUID) -> dict[str, Any]:
    """Give a seat back, decline an offer, or leave the waiting list."""
    with transaction() as session:
        place = places.leave_place(session, actor=current_actor(), place_id=place_id, now=utc_now())
        return place_facts(session, place)
