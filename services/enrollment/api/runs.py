"""JSON: course runs as everybody may see them, and asking for a place in one."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from services.enrollment.api.places import PlaceSchema, place_facts
from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.runs import PUBLIC_STATES, RunState
from services.enrollment.operations import places
from services.enrollment.queries import places as places_query
from services.enrollment.queries import runs as runs_query
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.errors import NotFound
from shared.web import current_actor, public, reading, requires, transaction
from shared.web.api import PageSchema
from shared.web.fields import Text
from shared.web.idempotency import idempotent
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("runs_api", __name__, url_prefix="/runs", description="Course runs")


class RunQuerySchema(Schema):
    """What somebody looks for."""

    level = Text(most=60, load_default="", metadata={"description": "grundkurs, aufbaukurs or multiplikator"})
    region = Text(most=60, load_default="", metadata={"description": "Code of a region"})
    near = Text(most=80, load_default="", metadata={"description": "A postcode or the name of a town"})
    free = fields.Boolean(load_default=False, metadata={"description": "Only with free seats"})
    after = fields.String(metadata={"description": "next_cursor of the page before"})


class SessionSchema(Schema):
    """One dated workshop."""

    id = fields.UUID(required=True)
    module_code = fields.String(required=True)
    title = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    units = fields.Integer(required=True, metadata={"description": "Teaching units of 45 minutes"})


class VenueSchema(Schema):
    """Where it is, and what people must know before they come."""

    name = fields.String(required=True)
    street = fields.String(required=True)
    postcode = fields.String(required=True)
    town = fields.String(required=True)
    access_notes = fields.String(required=True)
    has_ramp = fields.Boolean(required=True)
    has_prayer_room = fields.Boolean(required=True)
    has_childcare = fields.Boolean(required=True)


class RunSchema(Schema):
    """A course run in a list."""

    id = fields.UUID(required=True)
    title = fields.String(required=True)
    level_code = fields.String(required=True)
    region_code = fields.String(required=True)
    town = fields.String(required=True)
    carrier_name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(sorted(PUBLIC_STATES)))
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    registration_closes_at = fields.AwareDateTime(required=True)
    capacity = fields.Integer(required=True)
    seats_free = fields.Integer(required=True)


class WholeRunSchema(RunSchema):
    """A course run with its dates, its venue and its waiting list's length."""

    seats_per_association = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    language_notes = fields.String(required=True)
    venue = fields.Nested(VenueSchema, allow_none=True, required=True)
    sessions = fields.List(fields.Nested(SessionSchema), required=True)


class RunsSchema(PageSchema):
    """One page of runs."""

    items = fields.List(fields.Nested(RunSchema), required=True)


class PlaceRequestSchema(Schema):
    """For whom: the person who asks, or for the board one of its members."""

    person_id = fields.UUID(load_default=None, metadata={"description": "Whoever asks, where it is left out"})
    association_id = fields.UUID(load_default=None, metadata={"description": "Who sends the person"})


@blueprint.get("")
@public
@blueprint.arguments(RunQuerySchema, location="query")
@blueprint.response(200, RunsSchema)
def search(query: dict[str, Any]) -> dict[str, Any]:
    """Runs that people may join or that are under way, soonest first."""
    wanted = runs_query.RunSearch(
        level_code=query["level"], region_code=query["region"], near=query["near"], only_free=query["free"]
    )
    with reading() as session:
        rows = runs_query.list_open_runs(
            session, search=wanted, today=programme_date(utc_now()), after=after_run(), limit=PAGE_SIZE + 1
        )
        page = page_of(rows, key=lambda run: (run.starts_on, run.id))
        return {"items": [_facts(run) for run in page.items], "next_cursor": page.next_cursor}


def after_run() -> tuple[date, UUID] | None:
    """The cursor of a list of runs; the beginning where it is not one of ours."""
    try:
        starts_on, run_id = requested_cursor() or ("", "")
        return date.fromisoformat(starts_on), UUID(run_id)
    except (TypeError, ValueError, AttributeError):
        return None


@blueprint.get("/<uuid:run_id>")
@public
@blueprint.response(200, WholeRunSchema)
def read(run_id: UUID) -> dict[str, Any]:
    """One run with its dates."""
    with reading() as session:
        run = runs_query.get_run(session, run_id)
        if run.state is RunState.DRAFT:
            raise NotFound(kind="run")
        return _facts(run) | {
            "seats_per_association": run.seats_per_association,
            "waiting": places_query.count_waiting(session, run_id=run.id),
            "language_notes": run.language_notes,
            "venue": run.venue,
            "sessions": [_session_facts(entry) for entry in run.sessions],
        }


@blueprint.post("/<uuid:run_id>/places")
@requires(Permission.PLACE_REQUEST)
@idempotent
@blueprint.arguments(PlaceRequestSchema)
@blueprint.response(201, PlaceSchema)
def request_place(values: dict[str, Any], run_id: UUID) -> dict[str, Any]:
    """Ask for a place: confirmed or waiting at once."""
    with transaction() as session:
        place = places.request_place(
            session,
            actor=current_actor(),
            run_id=run_id,
            person_id=values["person_id"] or current_user.id,
            association_id=values["association_id"],
            now=utc_now(),
        )
        return place_facts(session, place)


def _facts(run: Any) -> dict[str, Any]:
    return {
        "id": run.id,
        "title": run.title,
        "level_code": run.level.code,
        "region_code": run.region_code,
        "town": run.town,
        "carrier_name": run.carrier.name,
        "state": run.state.value,
        "starts_on": run.starts_on,
        "ends_on": run.ends_on,
        "registration_closes_at": run.registration_closes_at,
        "capacity": run.capacity,
        "seats_free": run.capacity - run.seats_taken,
    }


def _session_facts(entry: Any) -> dict[str, Any]:
    return {
        "id": entry.id,
        "module_code": entry.module.code,
        "title": entry.module.title,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "units": entry.units,
    }
