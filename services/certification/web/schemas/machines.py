"""Forms about machines: API tokens and webhooks."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from services.certification.domain.tokens import TokenMode, TokenScope
from services.certification.domain.webhooks import NEWS
from shared.web.fields import Choice, Date, FormSchema, Text


def _some_of(choices: list[str]) -> fields.List:
    """Boxes of which any number may be ticked; that one must be is said by the rules."""
    return fields.List(
        fields.String(validate=validate.OneOf(choices, error=_l("Please choose one of the options."))),
        load_default=list,
    )


class TokenSchema(FormSchema):
    """A new token."""

    name = Text(required=True, most=120)
    mode = Choice(TokenMode, required=True)
    scopes = _some_of([scope.value for scope in TokenScope])
    expires_on = Date(required=True)


class WebhookSchema(FormSchema):
    """A new address that is told."""

    name = Text(required=True, most=120)
    url = Text(required=True, most=500)
    events = _some_of([event.value for event in NEWS])
