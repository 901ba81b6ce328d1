"""Forms about entries in the public registers."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from services.certification.domain.geography import REGIONS
from services.certification.domain.registers import LANGUAGES, MOST_LANGUAGES, MOST_TOPICS, Topic
from shared.web.fields import Choice, Email, FormSchema, Text, Yes

_AGREE = _l("Please tick the box. Without your consent nothing is published.")


def _agreement() -> fields.Boolean:
    """A box that must be ticked; one that is not is not sent."""
    return fields.Boolean(
        required=True, validate=validate.Equal(True, error=_AGREE), error_messages={"required": _AGREE}
    )


def _chosen(values: object, most: int) -> fields.List:
    too_many = _l("Please choose fewer.")
    return fields.List(Choice(values), load_default=list, validate=validate.Length(max=most, error=too_many))


class AssociationEntrySchema(FormSchema):
    """What a board publishes of its association."""

    website = Text(load_default="")
    email = Email(load_default="")
    phone = Text(most=60, load_default="")
    languages = _chosen(sorted(LANGUAGES), MOST_LANGUAGES)
    topics = _chosen(list(Topic), MOST_TOPICS)
    agreed = _agreement()


class MultiplierEntrySchema(FormSchema):
    """What a multiplier publishes."""

    display_name = Text(most=120, required=True)
    town = Text(most=80, load_default="")
    region_codes = fields.List(
        Choice(list(REGIONS)),
        required=True,
        validate=validate.Length(min=1, error=_l("Please choose at least one region.")),
        error_messages={"required": _l("Please choose at least one region.")},
    )
    languages = _chosen(sorted(LANGUAGES), MOST_LANGUAGES)
    topics = _chosen(list(Topic), MOST_TOPICS)
    about = Text(most=600, lines=True, load_default="")
    takes_messages = Yes()
    agreed = _agreement()


class MessageSchema(FormSchema):
    """What a stranger writes to a multiplier."""

    sender_name = Text(most=120, required=True)
    sender_address = Email(required=True)
    message = Text(most=2_000, lines=True, required=True)
