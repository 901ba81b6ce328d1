"""Forms about what holders show."""

from services.certification.domain.shares import ShareDays
from shared.web.fields import Choice, FormSchema, Text, Yes


class NameChoiceSchema(FormSchema):
    """Whether the name stands on the public page."""

    shows_name = Yes()


class ShareSchema(FormSchema):
    """A link: whom it is for, what it shows, how long."""

    label = Text(required=True, most=100)
    days = Choice([days.value for days in ShareDays], required=True)
    name = Yes()
    results = Yes()
    workshops = Yes()
    evidence = Yes()


class EvidenceSchema(FormSchema):
    """What came of the course."""

    title = Text(required=True, most=150)
    url = Text(most=500, load_default="")
    description = Text(most=1000, lines=True, load_default="")


class AskEndorsementSchema(FormSchema):
    """Who is asked for some sentences."""

    asked_name = Text(required=True, most=150)


class EndorsementSchema(FormSchema):
    """Some sentences about somebody."""

    text = Text(required=True, most=1000, lines=True)
