"""The form of passing rules."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from services.coursework.domain.rules import ATTEMPTS_LIMIT
from shared.web.fields import FormSchema, Number


class RulesSchema(FormSchema):
    """New rules of a level, and the version that they were made from. No number of attempts means no limit."""

    based_on = Number(required=True, validate=validate.Range(min=0, max=1_000_000))
    quiz_pass_percent = Number(
        required=True,
        validate=validate.Range(min=1, max=100, error=_l("Please write a number from 1 to 100.")),
    )
    attempts_allowed = Number(
        load_default=None,
        validate=validate.Range(min=1, max=ATTEMPTS_LIMIT, error=_l("Please write a number from 1 to 20, or nothing.")),
    )
    counting_modules = fields.List(fields.String(), load_default=list)
