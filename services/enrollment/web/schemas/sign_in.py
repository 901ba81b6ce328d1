"""Forms of signing in and signing up."""

from services.enrollment.domain.sign_in import PASSWORD_MOST
from shared.web.fields import Email, FormSchema, Text


class PasswordSchema(FormSchema):
    """Address or personal code, and password."""

    name = Text(required=True, most=254)
    password = Text(required=True, most=PASSWORD_MOST)


class LinkSchema(FormSchema):
    """Where the one-time link is sent."""

    email = Email(required=True)


class SlipSchema(FormSchema):
    """What stands on a sign-in slip."""

    code = Text(required=True, most=20)
    words = Text(required=True, most=100)


class SignUpSchema(FormSchema):
    """Three fields, of which only the name is needed."""

    full_name = Text(required=True, most=120)
    email = Email(load_default=None)
    password = Text(load_default=None, most=PASSWORD_MOST)


class JoinSchema(FormSchema):
    """An association's invite code."""

    code = Text(required=True, most=20)


class SecondFactorSchema(FormSchema):
    """A code of the authenticator app, or a recovery code."""

    code = Text(required=True, most=20)
