"""Sentences outside a request: printed pages and credentials are made by workers, where no page language is chosen."""

import gettext as gettext_module
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_interval

_ROOT = Path(__file__).parents[3]
#: A sentence that the shared catalogue holds is translated there and nowhere else.
_CATALOGUES = (_ROOT / "services/certification/translations", _ROOT / "shared/ui/translations")

#: The language in which the programme writes its documents.
PROGRAMME_LANGUAGE = "de"


@cache
def sentences(language: str) -> Callable[[str], str]:
    """The translation of English source sentences into a language; the source itself where there is no catalogue."""
    own, of_all = (
        gettext_module.translation("messages", folder, [_locale(language)], fallback=True) for folder in _CATALOGUES
    )
    own.add_fallback(of_all)
    return own.gettext


def write_date(on: date, language: str) -> str:
    """A date in words, such as 23. November 2026."""
    return format_date(on, format="long", locale="de" if language.startswith("de") else language)


def write_span(start: date, end: date, language: str) -> str:
    """Two dates in words without saying twice what they share, such as 5. September – 14. November 2026."""
    if start == end:
        return write_date(start, language)
    return str(format_interval(start, end, "yMMMMd", locale="de" if language.startswith("de") else language))


def _locale(language: str) -> str:
    return "de@einfach" if language == "de-x-einfach" else language
