"""Forms of public verification."""

from shared.web.fields import FormSchema, Text


class NameSchema(FormSchema):
    """The name that somebody wants to compare."""

    name = Text(required=True, most=200)


class UploadSchema(FormSchema):
    """A credential pasted as text; a file comes beside it."""

    text = Text(most=70_000, lines=True, load_default="")
