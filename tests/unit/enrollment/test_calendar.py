"""The dates of a course as a file that calendars read."""

from datetime import UTC, datetime
from uuid import UUID

from services.enrollment.domain.calendar import Entry, write_calendar

ENTRY = Entry(
    id=UUID(int=7),
    starts_at=datetime(2026, 10, 24, 8, tzinfo=UTC),
    ends_at=datetime(2026, 10, 24, 15, tzinfo=UTC),
    title="Satzung, Beschlüsse; und mehr",
    place="Bürgersaal am Beispielplatz mit einem sehr langen Namen, Beispielplatz 1, 88212 Ravensburg",
    url="http://127.0.0.1:8080/runs/7",
)


def test_times_are_local_with_their_zone_and_text_is_escaped() -> None:
    text = write_calendar([ENTRY], now=datetime(2026, 9, 1, tzinfo=UTC))
    assert "DTSTART;TZID=Europe/Berlin:20261024T100000\r\n" in text
    assert "DTSTAMP:20260901T000000Z\r\n" in text
    assert "SUMMARY:Satzung\\, Beschlüsse\\; und mehr\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_no_line_is_longer_than_75_octets_and_folding_loses_nothing() -> None:
    text = write_calendar([ENTRY], now=datetime(2026, 9, 1, tzinfo=UTC))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert ENTRY.place.replace(",", "\\,") in text.replace("\r\n ", "")


def test_a_cancelled_course_says_so() -> None:
    cancelled = Entry(**{**vars(ENTRY), "is_cancelled": True})
    assert "STATUS:CANCELLED" in write_calendar([cancelled], now=datetime(2026, 9, 1, tzinfo=UTC))
