"""The one clock. Doors read it and hand the instant on as `now`; nothing below them asks for the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: The programme's dates are the calendar dates of this zone.
PROGRAMME_ZONE = ZoneInfo("Europe/Berlin")


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def programme_date(instant: datetime) -> date:
    """The calendar date of an instant in Baden-Württemberg."""
    return instant.astimezone(PROGRAMME_ZONE).date()
