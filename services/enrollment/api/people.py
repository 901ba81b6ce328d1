"""JSON: the person who is signed in."""

from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.enrollment.domain.roles import in_order
from shared.web import current_actor, signed_in

blueprint = Blueprint("people_api", __name__, description="The person who is signed in")


class RoleSchema(Schema):
    """One role within one scope."""

    role = fields.String(required=True)
    scope_kind = fields.String(required=True)
    scope_id = fields.UUID(allow_none=True)


class MeSchema(Schema):
    """Who is signed in, and what counts now: staff roles need a second factor."""

    id = fields.UUID(required=True)
    full_name = fields.String(required=True)
    language = fields.String(required=True)
    has_second_factor = fields.Boolean(required=True)
    roles = fields.List(fields.Nested(RoleSchema), required=True)


@blueprint.get("/me")
@signed_in
@blueprint.response(200, MeSchema)
def me() -> dict[str, object]:
    """Who is signed in."""
    actor = current_actor()
    return {
        "id": current_user.id,
        "full_name": current_user.display_name,
        "language": current_user.language,
        "has_second_factor": actor.has_second_factor,
        "roles": in_order(actor.active_grants),
    }
