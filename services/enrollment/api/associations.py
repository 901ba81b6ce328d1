"""JSON: associations of the person who is signed in, and the members of one for its board."""

from typing import Any
from uuid import UUID

from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from services.enrollment.domain.people import LANGUAGES
from services.enrollment.domain.permissions import Permission
from services.enrollment.operations.association_access import open_association
from services.enrollment.operations.memberships import create_member
from services.enrollment.queries.associations import list_associations_of
from services.enrollment.queries.memberships import get_member, list_members
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.web import current_actor, reading, requires, signed_in, transaction
from shared.web.api import PageSchema
from shared.web.fields import Text
from shared.web.idempotency import idempotent
from shared.web.paging import PAGE_SIZE, page_of, requested_name_and_id

blueprint = Blueprint("associations_api", __name__, url_prefix="/associations", description="Associations, members")


class AssociationOfMineSchema(Schema):
    """An association that the person belongs to."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    town = fields.String(required=True)
    region_code = fields.String(required=True)
    is_board = fields.Boolean(required=True)


class AssociationsSchema(Schema):
    """All of them; nobody belongs to so many that they need pages."""

    items = fields.List(fields.Nested(AssociationOfMineSchema), required=True)


class MemberSchema(Schema):
    """A member as the board sees one."""

    membership_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    full_name = fields.String(required=True)
    is_board = fields.Boolean(required=True)
    joined_on = fields.Date(required=True)
    has_email = fields.Boolean(required=True)


class MembersSchema(PageSchema):
    """One page of members."""

    items = fields.List(fields.Nested(MemberSchema), required=True)


class PageQuerySchema(Schema):
    """Which page."""

    after = fields.String(metadata={"description": "next_cursor of the page before"})


class NewMemberSchema(Schema):
    """A member without e-mail address."""

    full_name = Text(required=True, most=120)
    language = fields.String(load_default="de", validate=validate.OneOf(LANGUAGES))


@blueprint.get("")
@signed_in
@blueprint.response(200, AssociationsSchema)
def mine() -> dict[str, Any]:
    """The associations of the person who is signed in."""
    with reading() as session:
        belonging = list_associations_of(session, person_id=current_user.id)
    return {
        "items": [
            {
                "id": association.id,
                "name": association.name,
                "town": association.town,
                "region_code": association.region_code,
                "is_board": membership.is_board,
            }
            for association, membership in belonging
        ]
    }


@blueprint.get("/<uuid:association_id>/members")
@requires(Permission.MEMBERSHIP_LIST)
@blueprint.arguments(PageQuerySchema, location="query")
@blueprint.response(200, MembersSchema)
def members(_query: dict[str, Any], association_id: UUID) -> dict[str, Any]:
    """The members of an association, by name; for its board."""
    with reading() as session:
        open_association(
            session, actor=current_actor(), association_id=association_id, permission=Permission.MEMBERSHIP_LIST
        )
        rows = list_members(
            session,
            association_id=association_id,
            after=requested_name_and_id(),
            limit=PAGE_SIZE + 1,
        )
    page = page_of(rows, key=lambda member: (member.full_name.lower(), member.membership_id))
    return {"items": page.items, "next_cursor": page.next_cursor}


@blueprint.post("/<uuid:association_id>/members")
@requires(Permission.MEMBERSHIP_MANAGE)
@idempotent
@blueprint.arguments(NewMemberSchema)
@blueprint.response(201, MemberSchema)
def add_member(values: dict[str, Any], association_id: UUID) -> Any:
    """Make an account for somebody without e-mail address. The slip is printed on the board's page."""
    membership_id = new_id()
    with transaction() as session:
        create_member(
            session,
            actor=current_actor(),
            association_id=association_id,
            membership_id=membership_id,
            now=utc_now(),
            **values,
        )
        return get_member(session, association_id=association_id, membership_id=membership_id)
