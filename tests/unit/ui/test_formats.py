"""Dates, numbers and money in the reader's language."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from shared.ui import formats
from shared.ui.languages import LANGUAGES, language_of, page_dir, page_lang

NEW_YEAR_EVE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

SHOWN = [
    ("de", lambda: formats.format_date(date(2026, 3, 4)), "04.03.2026"),
    ("de@einfach", lambda: formats.format_date(date(2026, 3, 4)), "4. März 2026"),
    ("en", lambda: formats.format_date(date(2026, 3, 4)), "Mar 4, 2026"),
    ("ar", lambda: formats.format_date(date(2026, 3, 4), "long"), "4 مارس 2026"),
    ("de", lambda: formats.format_number(12345.5), "12.345,5"),
    ("de@einfach", lambda: formats.format_money(123450), "1.234,50\xa0€"),
    ("en", lambda: formats.format_money(5), "€0.05"),
    ("de", lambda: formats.format_percent(0.625), "62\xa0%"),
    ("tr", lambda: formats.format_percent(0.5), "%50"),
    ("de", lambda: formats.format_bytes(2_621_440), "2,5 MB"),
    ("de", lambda: formats.format_bytes(900), "900 B"),
]


@pytest.mark.parametrize(("locale", "show", "text"), SHOWN)
def test_values_are_written_as_the_language_writes_them(
    in_page: Flask, locale: str, show: Callable[[], str], text: str
) -> None:
    with force_locale(locale):
        assert show() == text


def test_an_instant_is_shown_in_the_programmes_time_zone(in_page: Flask) -> None:
    with force_locale("de"):
        assert formats.format_datetime(NEW_YEAR_EVE) == "01.01.2027, 00:30"
        assert formats.format_date(NEW_YEAR_EVE) == "01.01.2027"


@pytest.mark.parametrize(
    "show",
    [
        formats.format_date,
        formats.format_time,
        formats.format_datetime,
        formats.format_number,
        formats.format_money,
        formats.format_percent,
        formats.format_bytes,
    ],
)
def test_nothing_is_shown_for_nothing(in_page: Flask, show: Callable[[None], str]) -> None:
    assert show(None) == ""


def test_plain_german_has_its_own_language_mark(in_page: Flask) -> None:
    with force_locale("de@einfach"):
        assert (page_lang(), page_dir()) == ("de-x-einfach", "ltr")


def test_arabic_runs_from_right_to_left(in_arabic: Flask) -> None:
    assert (page_lang(), page_dir()) == ("ar", "rtl")


def test_languages_are_found_by_code_and_by_catalogue() -> None:
    for language in LANGUAGES:
        assert language_of(language.code) is language_of(language.locale) is language
    assert language_of("fr") is None
