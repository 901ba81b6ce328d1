"""Forms about passes."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from shared.web.fields import FormSchema, Number


class PassRuleSchema(FormSchema):
    """The conditions of the pass."""

    members_needed = Number(
        required=True, validate=validate.Range(min=1, max=20, error=_l("Please write a number from 1 to 20."))
    )
    level_codes = fields.List(
        fields.String(validate=validate.Length(max=40)),
        required=True,
        validate=validate.Length(min=1, max=10, error=_l("Please choose at least one level.")),
        error_messages={"required": _l("Please choose at least one level.")},
    )
    validity_months = Number(
        required=True, validate=validate.Range(min=1, max=120, error=_l("Please write a number from 1 to 120."))
    )
