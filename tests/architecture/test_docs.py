"""Pages that are made from code are what the code would make."""

from shared.devkit import events


def test_the_page_of_events_is_current() -> None:
    assert events.PAGE.read_text("utf-8") == events.render()
