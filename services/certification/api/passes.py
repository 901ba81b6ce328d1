"""Passes as JSON: an association's own standing for its board, the register for the office."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.certification.domain.permissions import Permission
from services.certification.operations import passes
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires
from shared.web.api import PageSchema
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("passes_api", __name__, description="The MEMO-Pass of associations")


class PassSchema(Schema):
    """One pass."""

    number = fields.String()
    state = fields.String(metadata={"enum": ["awarded", "grace", "suspended", "ended"]})
    association_id = fields.UUID()
    association_name = fields.String()
    town = fields.String()
    valid_from = fields.Date()
    valid_until = fields.Date()


class PassPageSchema(PageSchema):
    """A page of the register."""

    items = fields.List(fields.Nested(PassSchema))


class StandingSchema(Schema):
    """How far an association is. Names are for its page, not for programs."""

    association_id = fields.UUID()
    members_needed = fields.Integer()
    qualified_members = fields.Integer()
    members_missing = fields.Integer()
    level_codes = fields.List(fields.String())
    held = fields.Nested(PassSchema, allow_none=True)


@blueprint.get("/passes")
@requires(Permission.PASS_LIST)
@blueprint.response(200, PassPageSchema)
def register() -> dict[str, Any]:
    """The register of passes, the newest first."""
    with reading() as session:
        found = passes.search_passes(
            session, actor=current_actor(), search="", state=None, after=requested_cursor(), limit=PAGE_SIZE + 1
        )
    page = page_of(found, key=lambda entry: [entry.held.awarded_at.isoformat(), str(entry.held.id)])
    return {"items": [_pass(entry.held, entry.association) for entry in page.items], "next_cursor": page.next_cursor}


@blueprint.get("/associations/<uuid:association_id>/pass")
@requires(Permission.PASS_READ)
@blueprint.response(200, StandingSchema)
def standing(association_id: UUID) -> dict[str, Any]:
    """How far an association is on its way to the pass."""
    with reading() as session:
        overview = passes.read_pass_overview(
            session, actor=current_actor(), association_id=association_id, now=utc_now()
        )
    weighed = overview.standing
    return {
        "association_id": association_id,
        "members_needed": weighed.rule.members_needed,
        "qualified_members": weighed.qualified_members,
        "members_missing": weighed.members_missing,
        "level_codes": weighed.rule.level_codes,
        "held": _pass(overview.held, overview.association) if overview.held else None,
    }


def _pass(held: Any, association: Any) -> dict[str, Any]:
    return {
        "number": held.number,
        "state": held.state.value,
        "association_id": association.association_id,
        "association_name": association.name,
        "town": association.town,
        "valid_from": held.valid_from,
        "valid_until": held.valid_until,
    }
