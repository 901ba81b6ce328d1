"""Forms of a learner's draft."""

from marshmallow import fields

from services.coursework.domain.submissions import NOTE_LIMIT
from shared.web.fields import FormSchema, Text


class NoteSchema(FormSchema):
    """The text of a draft; may be emptied again."""

    note = Text(load_default="", most=NOTE_LIMIT, lines=True)


class HandInSchema(FormSchema):
    """Handing in: the text as it stands in the form, where the form has it."""

    note = Text(load_default=None, most=NOTE_LIMIT, lines=True)


class FileSchema(FormSchema):
    """A file: the id of one that lies in the store already, or none and the file itself."""

    file_upload = fields.UUID(load_default=None)
