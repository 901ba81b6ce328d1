"""The terminal shows what went wrong in a few words, and a storm as one line."""

from pathlib import Path

from shared.devkit.runner.alarms import Alarms, shorten


def test_a_structured_line_is_shown_by_what_matters() -> None:
    line = b'{"level": "error", "event": "handler_failed", "error": "KeyError", "correlation_id": "5058"}'
    assert shorten(line) == "error: handler_failed · KeyError"


def test_other_lines_are_shown_as_they_are() -> None:
    assert shorten(b"[WARNING] slow\n") == "[WARNING] slow"
    assert shorten(b"[1, 2]") == "[1, 2]"


def test_a_storm_ends_with_a_hint_at_the_log() -> None:
    alarms = Alarms(Path("var/log/web.log"))
    shown = [alarms.words_for(b"ERROR") for _ in range(100)]
    assert [line for line in shown if line] == ["ERROR"] * 4 + ["more of this in var/log/web.log"]
