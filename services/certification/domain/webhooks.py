"""Webhooks: which news are told, when a message is sent again, when nobody is home."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from services.certification.domain.errors import WebhookAddressRefused, WebhookEventsRefused
from shared.kernel.transitions import Transitions


class WebhookEvent(StrEnum):
    """What a message tells. No message bears a name."""

    CERTIFICATE_ISSUED = "certificate.issued"
    CERTIFICATE_REVOKED = "certificate.revoked"
    PASS_CHANGED = "pass.changed"
    TEST = "test"


#: The news that can be subscribed to; a test message is sent when somebody asks for one.
NEWS = (WebhookEvent.CERTIFICATE_ISSUED, WebhookEvent.CERTIFICATE_REVOKED, WebhookEvent.PASS_CHANGED)


class WebhookState(StrEnum):
    """Active ones are told. The office pauses; whoever does not answer for days is stopped."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


WEBHOOK_TRANSITIONS = Transitions(
    "webhook",
    {
        WebhookState.ACTIVE: frozenset({WebhookState.PAUSED, WebhookState.STOPPED}),
        WebhookState.PAUSED: frozenset({WebhookState.ACTIVE}),
        WebhookState.STOPPED: frozenset({WebhookState.ACTIVE}),
    },
)

#: The pauses after each try that failed, as Standard Webhooks proposes; after the last one a message is given up.
_PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
#: Whoever has taken no message for so long is stopped, and the office is told.
PATIENCE = timedelta(days=5)
#: How long messages are kept after they were sent or given up.
KEPT = timedelta(days=30)
_LONGEST_URL = 500
_PORTS = (None, 443, 8443)


def check_webhook(*, url: str, events: Collection[WebhookEvent], may_be_local: bool) -> None:
    """Raises WebhookAddressRefused and WebhookEventsRefused.

    Whether the name stands for a public machine is seen each time a message is sent: names can change their meaning.
    """
    if not events or not set(events) <= set(NEWS):
        raise WebhookEventsRefused
    try:
        address = urlsplit(url)
        is_whole = bool(address.hostname) and address.username is None and (may_be_local or address.port in _PORTS)
    except ValueError as error:
        raise WebhookAddressRefused from error
    schemes = ("https", "http") if may_be_local else ("https",)
    if not is_whole or address.scheme not in schemes or address.fragment or len(url) > _LONGEST_URL:
        raise WebhookAddressRefused
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise WebhookAddressRefused


def next_try(*, attempts: int, now: datetime) -> datetime | None:
    """When a message that was tried so often is tried again; None where it is given up."""
    return now + _PAUSES[attempts - 1] if attempts <= len(_PAUSES) else None


def is_given_up(*, failing_since: datetime | None, now: datetime) -> bool:
    """Whether nobody was home for so long that trying on makes no sense."""
    return failing_since is not None and now - failing_since >= PATIENCE


def is_success(status: int) -> bool:
    """Whether an answer says that the message has arrived."""
    return 200 <= status < 300
