"""Dates of the demo programme, counted from the day on which it is loaded, so that it never looks old."""

from datetime import UTC, date, datetime, time, timedelta

from shared.kernel.clock import PROGRAMME_ZONE

_SATURDAY = 5
_WORKSHOP_BEGINS = time(10)
_WORKSHOP_ENDS = time(17)


def saturday(weeks: int, *, today: date) -> date:
    """The Saturday so many weeks after the next one; negative weeks lie in the past, -1 is the one before today."""
    return today + timedelta(days=(_SATURDAY - today.weekday()) % 7 or 7, weeks=weeks)


def instant(on: date, at: time) -> datetime:
    """A date and a time on the clocks of the programme, as an instant."""
    return datetime.combine(on, at, PROGRAMME_ZONE).astimezone(UTC)


def days_before(on: date, days: int, *, hour: int = 18, minute: int = 0) -> str:
    """An evening some days before a date, in ISO 8601."""
    return instant(on - timedelta(days=days), time(hour, minute)).isoformat()


def workshop(module_code: str, on: date) -> dict[str, str]:
    """One workshop from ten to five o'clock."""
    return {
        "module_code": module_code,
        "starts_at": instant(on, _WORKSHOP_BEGINS).isoformat(),
        "ends_at": instant(on, _WORKSHOP_ENDS).isoformat(),
    }
