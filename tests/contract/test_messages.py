"""The wire format is pinned: a golden sample of every event, read back by today's code."""

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from shared import contracts
from shared.contracts.codec import MalformedMessage, decode_envelope, decode_event, encode
from shared.contracts.event import Envelope, Event
from shared.contracts.mail import MailRequested
from shared.contracts.services import Service
from shared.contracts.subscriptions import SUBSCRIPTIONS, events_heard_by

SAMPLES = Path(contracts.__file__).parent / "samples"
EVENTS: list[type[Event]] = list(SUBSCRIPTIONS)


def sample_path(event_class: type[Event]) -> Path:
    return SAMPLES / f"{event_class.type}.v{event_class.version}.json"


def envelope(event_class: type[Event], payload: dict[str, object]) -> Envelope:
    return Envelope(
        message_id=UUID(int=1),
        event_id=UUID(int=2),
        type=event_class.type,
        version=event_class.version,
        producer="enrollment",
        destination="coursework",
        subject=event_class.subject,
        subject_id=UUID(int=3),
        subject_version=1,
        occurred_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        payload=payload,
        trace={"correlation_id": "0" * 32},
    )


@pytest.mark.parametrize("event_class", EVENTS, ids=lambda c: c.type)
def test_the_golden_sample_reads_and_writes_the_same(event_class: type[Event]) -> None:
    sample = json.loads(sample_path(event_class).read_text("utf-8"))
    event = decode_event(envelope(event_class, sample))
    assert type(event) is event_class
    assert encode(event) == sample
    assert isinstance(event.subject_id, UUID)


@pytest.mark.parametrize("event_class", EVENTS, ids=lambda c: c.type)
def test_a_field_from_the_future_is_ignored_and_a_missing_one_refused(event_class: type[Event]) -> None:
    sample = json.loads(sample_path(event_class).read_text("utf-8"))
    assert decode_event(envelope(event_class, {**sample, "added_later": 1})) == decode_event(
        envelope(event_class, sample)
    )
    required = next(f.name for f in dataclasses.fields(event_class) if f.default is dataclasses.MISSING)
    with pytest.raises(MalformedMessage):
        decode_event(envelope(event_class, {name: value for name, value in sample.items() if name != required}))


def test_an_envelope_survives_the_wire() -> None:
    before = envelope(MailRequested, {"facts": {"a": "b"}})
    assert decode_envelope(json.loads(json.dumps(encode(before)))) == before


def test_every_sample_belongs_to_an_event() -> None:
    assert {path.name for path in SAMPLES.glob("*.json")} == {sample_path(event_class).name for event_class in EVENTS}


@pytest.mark.parametrize("service", list(Service))
def test_every_subscription_has_a_handler_and_every_handler_a_subscription(service: Service) -> None:
    import importlib

    handlers = importlib.import_module(f"services.{service}.tasks.inbound").HANDLERS
    assert set(handlers) == events_heard_by(service)
