"""Sentences outside a request: printed pages and credentials are made by workers, where no page language is chosen."""

import gettext as gettext_module
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date

_CATALOGUES = Path(__file__).parents[1] / "translations"

#: The language in which the programme writes its documents.
PROGRAMME_LANGUAGE = "de"


@cache
def sentences(language: str) -> Callable[[str], str]:
    """The translation of English source sentences into a language; the source itself where there is no catalogue."""
    return gettext_module.translation("messages", _CATALOGUES, [_locale(language)], fallback=True).gettext


def write_date(on: date, language: str) -> str:
    """A date in words, such as 23. November 2026."""
    return format_date(on, format="long", locale="de" if language.startswith("de") else language)


def _locale(language: str) -> str:
    return "de@einfach" if language == "de-x-einfach" else language
