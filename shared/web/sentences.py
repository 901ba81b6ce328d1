"""From a refusal to a status and a translated sentence: one table per service, over the defaults here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from shared.kernel import errors
from shared.kernel.errors import DomainError
from shared.ui.formats import format_date, format_datetime


@dataclass(frozen=True)
class Sentence:
    """What to say. Facts of the refusal fill the placeholders; `field` is the form's field that it belongs to."""

    text: Any
    field: str | None = None


Sentences = Mapping[type[DomainError], Sentence]

DEFAULTS: dict[type[DomainError], Sentence] = {
    errors.NotFound: Sentence(_l("We cannot find this. It may have been moved or removed, or the address is wrong.")),
    errors.NotPermitted: Sentence(_l("Your role does not allow this. Ask the person who gave you your role.")),
    errors.SecondFactorNeeded: Sentence(_l("Please confirm with your second factor first.")),
    errors.TooManyAttempts: Sentence(
        _l("That was tried too often. Please wait %(retry_after_minutes)s minutes, or choose another way.")
    ),
    errors.TransitionRefused: Sentence(_l("This has changed meanwhile. Load the page again to see how it stands now.")),
    errors.Conflict: Sentence(_l("This has changed meanwhile. Load the page again to see how it stands now.")),
    errors.Unavailable: Sentence(
        _l("Something that this needs cannot be reached now. Nothing was changed. Please try again in a few minutes.")
    ),
    errors.Refused: Sentence(_l("This is not possible.")),
}

_STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotPermitted, 403),
    (errors.SecondFactorNeeded, 403),
    (errors.TooManyAttempts, 429),
    (errors.Conflict, 409),
    (errors.Unavailable, 503),
    (DomainError, 422),
)


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def sentence_of(error: DomainError, sentences: Sentences) -> Sentence:
    """The sentence of the refusal's class, or of the nearest class above it that has one."""
    for kind in type(error).__mro__:
        sentence = sentences.get(kind) or DEFAULTS.get(kind)
        if sentence is not None:
            return sentence
    return DEFAULTS[errors.Refused]


def spoken(error: DomainError, sentences: Sentences) -> str:
    """The sentence with the refusal's facts in it, in the reader's language."""
    facts = {name: _written(value) for name, value in vars(error).items()}
    if isinstance(error, errors.TooManyAttempts):
        facts["retry_after_minutes"] = -(-error.retry_after_seconds // 60)
    text = str(sentence_of(error, sentences).text)
    return text % facts if facts else text


def _written(fact: Any) -> Any:
    match fact:
        case datetime():
            return format_datetime(fact)
        case date():
            return format_date(fact)
        case _:
            return fact
