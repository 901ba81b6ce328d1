"""The public registers as JSON: no account, nothing that is not on the page."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.certification.operations import registers
from services.certification.operations.registers import PublicFilter
from services.certification.operations.seals import seal_of
from shared.kernel.clock import utc_now
from shared.web import public, reading, resources
from shared.web.api import PageSchema
from shared.web.fields import Text
from shared.web.paging import PAGE_SIZE, page_of, requested_name_and_id

blueprint = Blueprint(
    "registers_api", __name__, url_prefix="/register", description="Public registers; no account needed"
)


class RegisterQuerySchema(Schema):
    """What somebody looks for; empty texts ask for nothing."""

    search = Text(most=200, load_default="", metadata={"description": "Part of a name or town"})
    region = Text(most=60, load_default="", metadata={"description": "Code of a region"})
    language = Text(most=10, load_default="", metadata={"description": "Code of a language (ISO 639)"})
    topic = Text(most=40, load_default="", metadata={"description": "A topic, such as funding"})
    after = fields.String(metadata={"description": "next_cursor of the page before"})


class PublishedPassSchema(Schema):
    """One association with a valid pass that has agreed to be shown."""

    association_id = fields.UUID()
    name = fields.String()
    town = fields.String()
    region_code = fields.String()
    number = fields.String()
    valid_until = fields.Date()
    verification_url = fields.String()
    website = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    languages = fields.List(fields.String())
    topics = fields.List(fields.String())


class PublishedPassPageSchema(PageSchema):
    """A page of the register of passes."""

    items = fields.List(fields.Nested(PublishedPassSchema))


class MultiplierSchema(Schema):
    """One multiplier who has agreed to be shown. Messages are sent through the page."""

    public_id = fields.UUID()
    display_name = fields.String()
    town = fields.String(allow_none=True)
    region_codes = fields.List(fields.String())
    languages = fields.List(fields.String())
    topics = fields.List(fields.String())
    about = fields.String(allow_none=True)
    takes_messages = fields.Boolean()


class MultiplierPageSchema(PageSchema):
    """A page of the register of multipliers."""

    items = fields.List(fields.Nested(MultiplierSchema))


@blueprint.after_request
def for_everybody(response: Response) -> Response:
    """Other sites may show the register; what is withdrawn must not live on in caches."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/passes")
@public
@blueprint.arguments(RegisterQuerySchema, location="query")
@blueprint.response(200, PublishedPassPageSchema)
def passes(asked: dict[str, Any]) -> dict[str, Any]:
    """Associations with a valid pass, by name."""
    with reading() as session:
        found = registers.search_published_passes(
            session, wanted=_filter(asked), after=requested_name_and_id(), limit=PAGE_SIZE + 1, now=utc_now()
        )
    page = page_of(found.passes, key=lambda entry: [entry.name, str(entry.association_id)])
    seal = seal_of(resources().settings)
    items = [{**vars(entry), "verification_url": seal.verification_url(entry.number)} for entry in page.items]
    return {"items": items, "next_cursor": page.next_cursor}


@blueprint.get("/multipliers")
@public
@blueprint.arguments(RegisterQuerySchema, location="query")
@blueprint.response(200, MultiplierPageSchema)
def multipliers(asked: dict[str, Any]) -> dict[str, Any]:
    """Multipliers, by name."""
    with reading() as session:
        found = registers.search_multipliers(
            session, wanted=_filter(asked), after=requested_name_and_id(), limit=PAGE_SIZE + 1
        )
    page = page_of(found.entries, key=lambda entry: [entry.display_name, str(entry.public_id)])
    return {"items": page.items, "next_cursor": page.next_cursor}


def _filter(asked: dict[str, Any]) -> PublicFilter:
    return PublicFilter(
        words=asked["search"].strip(),
        region_code=asked["region"],
        language=asked["language"],
        topic=asked["topic"],
    )
