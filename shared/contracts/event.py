"""The base of all events, and the envelope in which one travels."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """One fact.

    `type` is its name on the wire, `version` its major version. `subject` names the kind of thing the fact is about:
    a consumer compares versions of one subject and ignores what is older than what it knows, so events that overrule
    each other (a place confirmed, the same place released) share a subject.
    """

    type: ClassVar[str]
    version: ClassVar[int] = 1
    subject: ClassVar[str]

    @property
    def subject_id(self) -> UUID:
        """The id of the thing the fact is about."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """One message: an event on its way to one subscriber.

    `message_id` differs per subscriber, `event_id` does not. `subject_version` grows with every event of the producer.
    `payload` is the event's fields as JSON values; `trace` carries the correlation id of the request that caused it.
    """

    message_id: UUID
    event_id: UUID
    type: str
    version: int
    producer: str
    destination: str
    subject: str
    subject_id: UUID
    subject_version: int
    occurred_at: datetime
    payload: dict[str, Any]
    trace: dict[str, str]
