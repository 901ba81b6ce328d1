"""Forms about passes."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from shared.web.fields import Date, FormSchema, Number, Text

_DAYS = validate.Range(min=0, max=365, error=_l("Please write a number from 0 to 365."))


class DayNumbers(Text):
    """Several numbers of days in one line, such as `90, 30, 7`; empty for none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        parts = [part for part in re.split(r"[\s,;]+", text) if part]
        if not all(part.isascii() and part.isdigit() and len(part) <= 3 for part in parts):
            raise ValidationError(
                str(_l("Please write numbers of days with commas between them, for example 90, 30, 7."))
            )
        return tuple(sorted({int(part) for part in parts}, reverse=True))


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
    certificate_months = Number(
        load_default=None, validate=validate.Range(min=1, max=240, error=_l("Please write a number from 1 to 240."))
    )
    grace_days = Number(required=True, validate=_DAYS)
    renewal_window_days = Number(
        required=True, validate=validate.Range(min=1, max=365, error=_l("Please write a number from 1 to 365."))
    )
    reminder_days = DayNumbers(load_default=())
    effective_on = Date(load_default=None)
    search = Text(load_default="")
    action = fields.String(load_default="set", validate=validate.Length(max=10))
