"""Forms about signing keys."""

from services.certification.domain.keys import KeyRevocationReason
from shared.web.fields import Choice, FormSchema


class KeyStepSchema(FormSchema):
    """A step in the life of a key that needs nothing but to be confirmed."""


class KeyRevocationSchema(FormSchema):
    """Declaring a key void, with the reason that everybody may read."""

    reason = Choice(KeyRevocationReason, required=True)
