"""JSON: the programme's levels and regions, and its rules as they hold now."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import programme_settings as settings_query
from services.enrollment.queries import regions as regions_query
from shared.kernel.clock import utc_now
from shared.web import public, reading

blueprint = Blueprint("catalogue_api", __name__, description="Levels, regions and rules of the programme")


class ModuleSchema(Schema):
    """One workshop of a level."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    units = fields.Integer(required=True, metadata={"description": "Teaching units of 45 minutes"})


class LevelSchema(Schema):
    """One level with its workshops in order."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    requires_code = fields.String(required=True, allow_none=True)
    modules = fields.List(fields.Nested(ModuleSchema), required=True)


class LevelsSchema(Schema):
    """All levels in order."""

    items = fields.List(fields.Nested(LevelSchema), required=True)


class RegionSchema(Schema):
    """One region."""

    code = fields.String(required=True)
    name = fields.String(required=True)


class RegionsSchema(Schema):
    """All regions in order."""

    items = fields.List(fields.Nested(RegionSchema), required=True)


class SettingSchema(Schema):
    """One rule with the figure that holds now."""

    key = fields.String(required=True)
    value = fields.Integer(required=True)


class SettingsSchema(Schema):
    """All rules."""

    items = fields.List(fields.Nested(SettingSchema), required=True)


@blueprint.get("/levels")
@public
@blueprint.response(200, LevelsSchema)
def levels() -> dict[str, Any]:
    """The levels of the programme."""
    with reading() as session:
        return {
            "items": [
                {
                    "code": level.code,
                    "title": level.title,
                    "requires_code": level.requires.code if level.requires else None,
                    "modules": list(level.modules),
                }
                for level in catalogue_query.list_levels(session)
            ]
        }


@blueprint.get("/regions")
@public
@blueprint.response(200, RegionsSchema)
def regions() -> dict[str, Any]:
    """The regions of the programme."""
    with reading() as session:
        return {"items": regions_query.list_regions(session)}


@blueprint.get("/settings")
@public
@blueprint.response(200, SettingsSchema)
def settings() -> dict[str, Any]:
    """The rules of the programme as they hold now; anybody may know by which rules seats and certificates come."""
    with reading() as session:
        current = settings_query.list_settings(session, now=utc_now())
        return {"items": [{"key": key.value, "value": value} for key, value in current.items()]}
