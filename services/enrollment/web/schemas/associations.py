"""Forms of associations and their members."""

from marshmallow import fields

from services.enrollment.domain.people import LANGUAGES
from shared.web.fields import Choice, FormSchema, Text


class AssociationSchema(FormSchema):
    """What an association is called and where it is."""

    name = Text(required=True, most=200)
    town = Text(required=True, most=120)
    region_code = Text(required=True, most=60)


class NewMemberSchema(FormSchema):
    """Somebody without e-mail address. `ticket` is drawn with the form: a form that is sent twice makes one member."""

    full_name = Text(required=True, most=120)
    language = Choice(LANGUAGES, required=True)
    ticket = fields.UUID(required=True)
