"""Forms about certificates."""

from services.certification.domain.certificates import RevocationReason, RevocationRemark
from shared.web.fields import Choice, FormSchema, Text


class RevocationSchema(FormSchema):
    """Taking a certificate back: what everybody may read, and what only the office may."""

    reason = Choice(RevocationReason, required=True)
    remark = Choice(RevocationRemark, load_default="")
    note = Text(required=True, most=2000, lines=True)


class ErasureSchema(FormSchema):
    """Erasing a person: the name, typed as a confirmation."""

    name = Text(required=True)
