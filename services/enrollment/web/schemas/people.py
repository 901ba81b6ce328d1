"""Forms of one's own account."""

from services.enrollment.domain.people import LANGUAGES
from services.enrollment.domain.sign_in import PASSWORD_MOST
from shared.web.fields import Choice, Email, FormSchema, Text


class ProfileSchema(FormSchema):
    """Name and language."""

    full_name = Text(required=True, most=120)
    language = Choice(LANGUAGES, required=True)


class NewPasswordSchema(FormSchema):
    """A new password, and the present one where it is asked for."""

    current_password = Text(load_default=None, most=PASSWORD_MOST)
    password = Text(required=True, most=PASSWORD_MOST)


class EmailSchema(FormSchema):
    """A new address."""

    email = Email(required=True)


class PasskeyNameSchema(FormSchema):
    """What somebody calls a passkey."""

    name = Text(required=True, most=60)
