"""Writes docs/events.md from shared/contracts: `python -m shared.devkit.events`. A test compares the two."""

import dataclasses
import inspect
import typing
from pathlib import Path

from shared.contracts.event import Event
from shared.contracts.subscriptions import SUBSCRIPTIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "events.md"

_HEAD = """# Events

What the services say to each other. Made from `shared/contracts` by `python -m shared.devkit.events`; change it there.
A service that hears its own event leaves itself work for later. Golden samples: `shared/contracts/samples/`.

| event | says | heard by |
|---|---|---|
"""


def render() -> str:
    """The whole page."""
    rows = [_row(event_class, heard_by) for event_class, heard_by in SUBSCRIPTIONS.items()]
    details = [_details(event_class) for event_class in SUBSCRIPTIONS]
    return _HEAD + "\n".join(rows) + "\n\n" + "\n\n".join(details) + "\n"


def _row(event_class: type[Event], heard_by: typing.Iterable[str]) -> str:
    says = inspect.cleandoc(event_class.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return f"| [`{event_class.type}`](#{event_class.type.replace('.', '')}) | {says} | {', '.join(heard_by)} |"


def _details(event_class: type[Event]) -> str:
    doc = inspect.cleandoc(event_class.__doc__ or "")
    hints = typing.get_type_hints(event_class)
    fields = "\n".join(f"- `{f.name}`: {_type_name(hints[f.name])}" for f in dataclasses.fields(event_class))
    head = f"## {event_class.type}\n\nVersion {event_class.version}, subject `{event_class.subject}`."
    return f"{head} {doc}\n\n{fields}"


def _type_name(hint: typing.Any) -> str:
    if typing.get_origin(hint) is tuple:
        return f"list of {_type_name(typing.get_args(hint)[0])}"
    if typing.get_origin(hint) is dict:
        return "object of texts"
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        inner = ", ".join(f"{f.name}" for f in dataclasses.fields(hint))
        return f"{hint.__name__} ({inner})"
    return str(getattr(hint, "__name__", hint)).replace("str", "text").replace("int", "whole number")


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
