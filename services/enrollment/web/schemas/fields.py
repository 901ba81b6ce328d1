"""Fields that several forms of enrollment share."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from shared.web.fields import Date, Number

#: The programme was announced in 2014 (DOMAIN.md, section 1).
_FIRST_DAY, _LAST_DAY = date(2014, 1, 1), date(2100, 12, 31)


class ChosenId(fields.UUID):
    """The id of something that was chosen from a list."""

    default_error_messages = {  # noqa: RUF012 (marshmallow's own form)
        "required": _l("Please choose one."),
        "null": _l("Please choose one."),
        "invalid_uuid": _l("Please choose one of the options."),
    }


class ChosenMember(fields.String):
    """A member who was chosen from a list: `<association id>:<person id>`, given on as a pair of ids."""

    default_error_messages = {  # noqa: RUF012
        "required": _l("Please choose one."),
        "invalid": _l("Please choose one of the options."),
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            association_id, person_id = str(value).split(":")
            return UUID(association_id), UUID(person_id)
        except ValueError as error:
            raise self.make_error("invalid") from error


class ClockTime(fields.Time):
    """A time of day as browsers send one (10:00)."""

    default_error_messages = {  # noqa: RUF012
        "required": _l("Please fill this in."),
        "invalid": _l("Please write the time like this: 10:00."),
    }


def course_day() -> Date:
    """A required day on which the programme may hold courses; what lies far away is a slip of the finger."""
    error = _l("Please choose a day between 2014 and 2100.")
    return Date(required=True, validate=validate.Range(min=_FIRST_DAY, max=_LAST_DAY, error=error))


def number_between(minimum: int, maximum: int, **more: Any) -> Number:
    """A required whole number within limits that belong in the question, not in the rules of the programme."""
    error = _l("Please choose a number from {min} to {max}.")
    return Number(required=True, validate=validate.Range(min=minimum, max=maximum, error=error), **more)
