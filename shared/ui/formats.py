"""Dates, numbers and money as the reader's language writes them.

Instants are shown in the programme's time zone, never in the server's. Einfache Sprache uses the forms of German, with
the month as a word.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import dates, numbers

from shared.ui.languages import page_language

PROGRAMME_ZONE = ZoneInfo("Europe/Berlin")

_KIBI = 1024
_UNITS = ("B", "KB", "MB", "GB")


def _locale() -> str:
    return page_language().locale.partition("@")[0]


def _form(form: str) -> str:
    """Words for months where the reader needs them: Einfache Sprache never sees 04.03.26."""
    is_plain = page_language().code == "de-x-einfach"
    return "long" if is_plain and form in ("short", "medium") else form


def format_date(on: date | datetime | None, form: str = "medium") -> str:
    """A date; `form` is `short`, `medium`, `long` or `full`. An instant counts as its day in the programme's zone."""
    if on is None:
        return ""
    if isinstance(on, datetime):
        on = on.astimezone(PROGRAMME_ZONE).date()
    return dates.format_date(on, format=_form(form), locale=_locale())


def format_time(at: datetime | None) -> str:
    """The time of day of an aware instant, hours and minutes."""
    return "" if at is None else dates.format_time(at, format="short", tzinfo=PROGRAMME_ZONE, locale=_locale())


def format_datetime(at: datetime | None, form: str = "medium") -> str:
    """Date and time of day of an aware instant, without seconds."""
    return "" if at is None else f"{format_date(at, form)}, {format_time(at)}"


def format_number(number: float | None) -> str:
    """A number with the language's separators."""
    return "" if number is None else numbers.format_decimal(number, locale=_locale())


def format_percent(fraction: float | None) -> str:
    """A share between 0 and 1 as whole percent."""
    return "" if fraction is None else numbers.format_percent(fraction, format=None, locale=_locale())


def format_money(cents: int | None) -> str:
    """An amount in euro cents."""
    return "" if cents is None else numbers.format_currency(cents / 100, "EUR", locale=_locale())


def format_bytes(size: int | None) -> str:
    """The size of a file in the largest unit that gives at least 1, in steps of 1,024."""
    if size is None:
        return ""
    amount, unit = float(size), 0
    while amount >= _KIBI and unit < len(_UNITS) - 1:
        amount, unit = amount / _KIBI, unit + 1
    shown = numbers.format_decimal(round(amount, 1 if unit > 1 else 0), locale=_locale())
    return f"{shown} {_UNITS[unit]}"
