"""Dates of a course as an iCalendar file (RFC 5545), so that a phone's calendar can keep them.

Times are local, with the zone described in VTIMEZONE as RFC 5545 section 3.6.5 asks for; calendars that know
the zone by its name use their own rules.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shared.kernel.clock import PROGRAMME_ZONE

_LINE_OCTETS = 75

#: Central European Time since 1996: summer time from the last Sunday of March to the last of October (2000/84/EC).
_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True)
class Entry:
    """One date in the calendar. Instants are aware."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    url: str
    is_cancelled: bool = False


def write_calendar(entries: Iterable[Entry], *, now: datetime) -> str:
    """The file. Cancelled dates stay in it and say so, so that a calendar that took them over drops them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//MEMO//Kurse//DE", "CALSCALE:GREGORIAN", *_ZONE.splitlines()]
    for entry in entries:
        lines += _event(entry, now=now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, *, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.id}@memo",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/Berlin:{_local(entry.starts_at)}",
        f"DTEND;TZID=Europe/Berlin:{_local(entry.ends_at)}",
        f"SUMMARY:{_escaped(entry.title)}",
        f"LOCATION:{_escaped(entry.place)}",
        f"URL:{entry.url}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _local(at: datetime) -> str:
    return f"{at.astimezone(PROGRAMME_ZONE):%Y%m%dT%H%M%S}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, each but the first begun by a space (RFC 5545, section 3.1)."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _LINE_OCTETS:
            yield piece
            piece = " "
        piece += letter
    yield piece
