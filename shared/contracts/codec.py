"""Events and envelopes to JSON values and back, without a third-party package."""

import dataclasses
import types
import typing
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.contracts.event import Envelope, Event
from shared.contracts.subscriptions import SUBSCRIPTIONS

_EVENT_CLASSES: list[type[Event]] = list(SUBSCRIPTIONS)
_CLASSES: dict[tuple[str, int], type[Event]] = {
    (event_class.type, event_class.version): event_class for event_class in _EVENT_CLASSES
}


class UnknownMessage(Exception):
    """A type, or a major version of one, that this reader does not know. It is parked, never guessed at."""


class MalformedMessage(Exception):
    """A payload that lacks a field or holds a value of another type. It is parked."""


def encode(value: Any) -> Any:
    """A dataclass, or what one can hold, as JSON values."""
    match value:
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple() | list():
            return [encode(item) for item in value]
        case dict():
            return {key: encode(item) for key, item in value.items()}
        case _ if dataclasses.is_dataclass(value):
            return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
        case _:
            return value


def decode_event(envelope: Envelope) -> Event:
    """The event inside an envelope. Fields that this reader does not know are ignored.

    Raises UnknownMessage or MalformedMessage.
    """
    try:
        event_class = _CLASSES[(envelope.type, envelope.version)]
    except KeyError as error:
        raise UnknownMessage(f"{envelope.type} version {envelope.version}") from error
    return _decode(event_class, envelope.payload)


def decode_envelope(values: dict[str, Any]) -> Envelope:
    """An envelope as it came from the queue. Raises MalformedMessage."""
    return _decode(Envelope, values)


def _decode(wanted: Any, value: Any) -> Any:
    try:
        return _convert(wanted, value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedMessage(f"{getattr(wanted, '__name__', wanted)}: {type(error).__name__} {error}") from error


def _convert(wanted: Any, value: Any) -> Any:
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        hints = typing.get_type_hints(wanted)
        known = {f.name: hints[f.name] for f in dataclasses.fields(wanted) if f.name in value}
        return wanted(**{name: _convert(hint, value[name]) for name, hint in known.items()})
    origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is tuple:
        return tuple(_convert(arguments[0], item) for item in value)
    if origin is dict:
        return {str(key): _convert(arguments[1], item) for key, item in value.items()}
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _convert(arguments[0], value)
    return _scalar(wanted, value)


def _scalar(wanted: Any, value: Any) -> Any:
    if wanted is UUID:
        return UUID(value)
    if wanted in (date, datetime):
        return wanted.fromisoformat(value)
    if wanted is not Any and (not isinstance(value, wanted) or (wanted is int and isinstance(value, bool))):
        raise TypeError(f"expected {wanted.__name__}, got {type(value).__name__}")
    return value
