"""The Celery door of the inbox: two tasks per service, the same everywhere."""

import random
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from celery import shared_task

from shared.contracts.codec import MalformedMessage, UnknownMessage, decode_envelope
from shared.contracts.event import Envelope, Event
from shared.contracts.services import Service
from shared.kernel.clock import utc_now
from shared.kernel.errors import Unavailable
from shared.messaging import inbox, receipts
from shared.messaging.inbox import Handler, Outcome
from shared.messaging.names import receipts_task, receive_task
from shared.observability.correlation import correlated
from shared.observability.logs import get_logger
from shared.worker.context import transaction

logger = get_logger(__name__)

#: Tries at once, for what heals by itself (a deadlock, a row not there yet). After them the message waits for its
#: producer to send it again, after 30 s and more: a later try is a row with a due date, never a task with a countdown.
_TRIES_AT_ONCE = 3


def inbox_tasks(service: Service, handlers: Mapping[type[Event], Handler]) -> tuple[Any, Any]:
    """The two tasks of a service's `tasks/inbound.py`: `receive`, and `note_receipts`."""

    @shared_task(name=receive_task(service))
    def receive(values: dict[str, Any]) -> str:
        envelope = decode_envelope(values)
        with correlated(envelope.trace, message_id=str(envelope.message_id), type=envelope.type):
            return receive_envelope(envelope, handlers)

    @shared_task(name=receipts_task(service))
    def note_receipts(message_ids: list[str]) -> None:
        with transaction() as session:
            receipts.note_receipts(session, message_ids=[UUID(value) for value in message_ids], now=utc_now())

    return receive, note_receipts


def receive_envelope(envelope: Envelope, handlers: Mapping[type[Event], Handler]) -> str:
    """Take one message in; a message that can't be read is parked, a handler that fails is tried again."""
    started = time.monotonic()
    try:
        outcome: str = _try(envelope, handlers)
    except (UnknownMessage, MalformedMessage) as error:
        with transaction() as session:
            inbox.park(session, envelope, error=f"{type(error).__name__}: {error}", now=utc_now())
        logger.error("inbox_message_parked", error=type(error).__name__)
        return Outcome.PARKED
    logger.info("message_received", outcome=outcome, milliseconds=round((time.monotonic() - started) * 1000))
    return outcome


def _try(envelope: Envelope, handlers: Mapping[type[Event], Handler]) -> str:
    for attempt in range(1, _TRIES_AT_ONCE + 1):
        try:
            with transaction() as session:
                return inbox.take_in(session, envelope, handlers=handlers, now=utc_now())
        except (UnknownMessage, MalformedMessage):
            raise
        except Unavailable as error:
            # What is away is no fault of the message: nothing is counted, and its producer sends it again, ever later.
            logger.warning("handler_waits", error=type(error).__name__, facts=vars(error))
            return "failed"
        except Exception as error:  # The outermost door of a message: whatever it was is counted and tried again.
            logger.warning("handler_failed", attempt=attempt, error=type(error).__name__, exc_info=True)
            with transaction() as session:
                inbox.note_failure(session, envelope, error=f"{type(error).__name__}: {error}"[:500], now=utc_now())
            if attempt < _TRIES_AT_ONCE:
                time.sleep(0.2 * 4 ** (attempt - 1) * random.uniform(1.0, 1.5))  # noqa: S311 (spreads load)
    return "failed"
