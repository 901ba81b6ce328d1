"""Forms about wallets."""

from shared.web.fields import FormSchema, Text, Yes


class OfferSchema(FormSchema):
    """How the name divides, and whether the app is to ask for a PIN."""

    given_name = Text(most=200, load_default="")
    family_name = Text(required=True, most=200)
    needs_pin = Yes()
