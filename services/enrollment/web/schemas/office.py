"""Forms of the programme office."""

from services.enrollment.web.schemas.fields import number_between
from shared.web.fields import FormSchema, Number, Text


class SettingSchema(FormSchema):
    """A figure of the programme; its limits differ by setting and are checked by the rules."""

    value = Number(required=True, strict=False)


class LevelSchema(FormSchema):
    """The title of a level."""

    title = Text(required=True, most=120)


class ModuleSchema(FormSchema):
    """What a workshop is called and how long it takes."""

    title = Text(required=True, most=120)
    summary = Text(required=True, most=400, lines=True)
    units = number_between(1, 200)


class RegionSchema(FormSchema):
    """The name of a region."""

    name = Text(required=True, most=80)


class CarrierSchema(FormSchema):
    """A new carrier."""

    name = Text(required=True, most=160)
    region_code = Text(required=True, most=60)
    town = Text(required=True, most=80)
    contact = Text(most=200, load_default="")
