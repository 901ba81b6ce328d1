"""The form of a material's new version."""

from marshmallow import validate

from services.coursework.domain.materials import TEXT_LIMIT
from shared.web.fields import FormSchema, Number, Text


class RevisionSchema(FormSchema):
    """Titles and Markdown in both variants, and the version that they were made from."""

    based_on = Number(required=True, validate=validate.Range(min=0, max=1_000_000))
    title = Text(required=True)
    title_einfach = Text(load_default="")
    text = Text(required=True, most=TEXT_LIMIT, lines=True)
    text_einfach = Text(load_default="", most=TEXT_LIMIT, lines=True)
