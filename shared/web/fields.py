"""marshmallow fields whose refusals are sentences in the reader's language and say what to do."""

import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import Schema, ValidationError, fields, validate

_LARGEST_INTEGER = 2**31 - 1


def is_storable(letter: str) -> bool:
    """Whether a character may stand in stored text and in a page: no control, no half of a pair, no noncharacter."""
    is_noncharacter = ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF
    return not is_noncharacter and unicodedata.category(letter) not in ("Cc", "Cs")


class FormSchema(Schema):
    """A schema of a page's form."""


class Text(fields.String):
    """One line of text, in Unicode's composed form, without control characters."""

    default_error_messages = {  # noqa: RUF012 (marshmallow's own form)
        "required": _l("Please fill this in."),
        "null": _l("Please fill this in."),
        "invalid": _l("Please write this as text."),
        "too_long": _l("This is too long: %(most)s characters at most."),
        "control": _l("There is a character in it that cannot be stored. Please type it again."),
    }

    def __init__(self, *, most: int = 200, lines: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self._most = most
        self._allowed = "\n\t" if lines else ""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs).replace("\r\n", "\n"))
        if not all(is_storable(letter) or letter in self._allowed for letter in text):
            raise self.make_error("control")
        if len(text) > self._most:
            raise ValidationError(str(self.error_messages["too_long"]) % {"most": self._most})
        if self.required and not text.strip():
            raise self.make_error("required")
        return text


class Email(Text):
    """A mail address, as it was typed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(most=254, **more)
        self.validators.append(
            validate.Email(error=_l("This does not look like a mail address. Example: name@example.org"))
        )


class Number(fields.Integer):
    """A whole number that PostgreSQL's integer can hold."""

    default_error_messages = {  # noqa: RUF012
        "required": _l("Please fill this in."),
        "invalid": _l("Please write a whole number, for example 12."),
        "too_large": _l("This number is too large."),
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        number = super()._deserialize(value, attr, data, **kwargs)
        if abs(number) > _LARGEST_INTEGER:
            raise self.make_error("too_large")
        return number


class Date(fields.Date):
    """A calendar date as browsers send one (2026-11-23)."""

    default_error_messages = {  # noqa: RUF012
        "required": _l("Please choose a date."),
        "invalid": _l("Please write the date like this: 2026-11-23."),
    }


class Choice(fields.String):
    """One of the given values."""

    default_error_messages = {  # noqa: RUF012
        "required": _l("Please choose one."),
        "null": _l("Please choose one."),
        "invalid": _l("Please choose one of the options."),
    }

    def __init__(self, choices: Any, **more: Any) -> None:
        super().__init__(**more)
        self.validators.append(
            validate.OneOf([str(choice) for choice in choices], error=_l("Please choose one of the options."))
        )


class Yes(fields.Boolean):
    """A box that is ticked or not; not sent means not ticked."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("load_default", False)
        super().__init__(**more)
