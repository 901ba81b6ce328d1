"""Webhooks: made by the office, told of news, tried again, stopped when nobody is home."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.webhooks import Answer, Letter, deliver, new_secret
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.text import clean_text
from services.certification.domain.webhooks import (
    KEPT,
    WEBHOOK_TRANSITIONS,
    WebhookEvent,
    WebhookState,
    check_webhook,
    is_given_up,
    is_success,
    next_try,
)
from services.certification.models import Webhook, WebhookMessage
from services.certification.queries import webhooks
from shared.contracts.certification import CertificateIssued, CertificateRevoked, PassChanged
from shared.contracts.event import Event
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require

_NAME_LIMIT = 120
_SHOWN = 50
_AT_ONCE = 40
#: Whoever has taken messages to send them and never came back has died: others take them after this time.
_HANDS_OFF = timedelta(minutes=5)


def make_webhook(
    session: Session,
    *,
    actor: Actor,
    name: str,
    url: str,
    events: frozenset[WebhookEvent],
    mode: str,
    now: datetime,
) -> Webhook:
    """A new address that is told; `mode` is the setting of where that may be. Raises what `check_webhook` raises."""
    require(PERMISSIONS, actor, Permission.WEBHOOK_MANAGE, Facts())
    check_webhook(url=url, events=events, may_be_local=mode == "local")
    webhook = Webhook(
        id=new_id(),
        name=clean_text(name, field="name", limit=_NAME_LIMIT),
        url=url,
        events=sorted(event.value for event in events),
        secret=new_secret(secrets.token_bytes(32)),
        state=WebhookState.ACTIVE,
        created_at=now,
        created_by_id=actor.person_id,
    )
    session.add(webhook)
    _record(session, actor, webhook, now=now)
    return webhook


def set_webhook_state(session: Session, *, actor: Actor, webhook_id: UUID, state: WebhookState, now: datetime) -> None:
    """Pause or go on. Whoever was stopped gets another chance from now on. Raises TransitionRefused."""
    require(PERMISSIONS, actor, Permission.WEBHOOK_MANAGE, Facts())
    webhook = webhooks.lock_webhook(session, webhook_id=webhook_id)
    webhook.state = WEBHOOK_TRANSITIONS.check(webhook.state, state)
    webhook.failing_since = None
    _record(session, actor, webhook, now=now)


def delete_webhook(session: Session, *, actor: Actor, webhook_id: UUID, now: datetime) -> None:
    """Forget an address with all messages to it."""
    require(PERMISSIONS, actor, Permission.WEBHOOK_MANAGE, Facts())
    webhook = webhooks.lock_webhook(session, webhook_id=webhook_id)
    _record(session, actor, webhook, now=now)
    session.delete(webhook)


def list_webhooks(session: Session, *, actor: Actor) -> list[Webhook]:
    """All webhooks."""
    require(PERMISSIONS, actor, Permission.WEBHOOK_MANAGE, Facts())
    return webhooks.list_webhooks(session)


def read_webhook(session: Session, *, actor: Actor, webhook_id: UUID) -> tuple[Webhook, list[WebhookMessage]]:
    """A webhook with the newest messages to it. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.WEBHOOK_MANAGE, Facts())
    webhook = webhooks.get_webhook(session, webhook_id=webhook_id)
    return webhook, webhooks.list_messages(session, webhook_id=webhook_id, limit=_SHOWN)


def send_test(session: Session, *, actor: Actor, webhook_id: UUID, now: datetime) -> None:
    """Send a message that says nothing, to see whether it arrives."""
    require(PERMISSIONS, actor, Permission.WEBHOOK_MANAGE, Facts())
    webhook = webhooks.get_webhook(session, webhook_id=webhook_id)
    _add(session, [webhook.id], WebhookEvent.TEST, {}, now=now)


def send_again(session: Session, *, actor: Actor, webhook_id: UUID, message_id: UUID, now: datetime) -> None:
    """Send a message once more, with the same id, whatever became of it. Nothing happens where it is gone."""
    require(PERMISSIONS, actor, Permission.WEBHOOK_MANAGE, Facts())
    message = webhooks.lock_message(session, message_id=message_id)
    if message is not None and message.webhook_id == webhook_id:
        message.due_at, message.delivered_at, message.attempts = now, None, 0


def announce(session: Session, *, event: Event, now: datetime) -> None:
    """Tell everybody who wants this kind of news. The messages leave after the commit."""
    announce_all(session, events=[event], now=now)


def announce_all(session: Session, *, events: Sequence[Event], now: datetime) -> None:
    """Like `announce` for many events of one kind."""
    if not events:
        return
    kind, describe = _NEWS[type(events[0])]
    listeners = webhooks.list_listeners(session, event=kind)
    for event in events if listeners else ():
        _add(session, listeners, kind, describe(event), now=now)


def take_due_letters(session: Session, *, now: datetime) -> list[Letter]:
    """Messages whose time has come; nobody else takes them for some minutes. Commit before they are sent."""
    due = webhooks.lock_due_messages(session, now=now, limit=_AT_ONCE)
    for message, _ in due:
        message.due_at = now + _HANDS_OFF
        message.attempts += 1
        message.last_tried_at = now
    return [Letter(message_id=m.id, url=w.url, secret=w.secret, body=m.body) for m, w in due]


def send_letters(letters: list[Letter], *, mode: str, now: datetime) -> list[Answer]:
    """Send them. Touches no database, so that none waits for other people's machines."""
    return deliver(letters, mode=mode, now=now)


def note_answers(session: Session, *, answers: list[Answer], now: datetime) -> None:
    """Write down what came back, when to try again, and stop an address where nobody was home for days."""
    for answer in sorted(answers, key=lambda one: one.message_id):
        message = webhooks.lock_message(session, message_id=answer.message_id)
        if message is not None:
            _note(session, message, answer, now=now)


def forget_old_messages(session: Session, *, now: datetime) -> None:
    """Messages are kept for a month."""
    webhooks.delete_old_messages(session, before=now - KEPT)


def _note(session: Session, message: WebhookMessage, answer: Answer, *, now: datetime) -> None:
    message.last_status, message.last_answer = answer.status, answer.text
    webhook = webhooks.lock_webhook(session, webhook_id=message.webhook_id)
    if answer.status is not None and is_success(answer.status):
        message.due_at, message.delivered_at = None, now
        webhook.failing_since = None
        return
    message.due_at = next_try(attempts=message.attempts, now=now)
    webhook.failing_since = webhook.failing_since or now
    if webhook.state is WebhookState.ACTIVE and is_given_up(failing_since=webhook.failing_since, now=now):
        webhook.state = WEBHOOK_TRANSITIONS.check(webhook.state, WebhookState.STOPPED)


def _add(session: Session, listeners: list[UUID], event: WebhookEvent, facts: dict[str, Any], *, now: datetime) -> None:
    body = json.dumps({"type": event.value, "timestamp": now.isoformat(), "data": facts}, ensure_ascii=False)
    session.add_all(
        WebhookMessage(
            id=new_id(), webhook_id=webhook_id, event=event, body=body, created_at=now, due_at=now, attempts=0
        )
        for webhook_id in listeners
    )


def _issued(event: CertificateIssued) -> dict[str, Any]:
    return {
        "number": event.number,
        "level_code": event.level_code,
        "issued_on": event.issued_on.isoformat(),
        "verification_url": event.verification_url,
    }


def _revoked(event: CertificateRevoked) -> dict[str, Any]:
    return {"number": event.number, "level_code": event.level_code, "revoked_on": event.revoked_on.isoformat()}


def _pass_changed(event: PassChanged) -> dict[str, Any]:
    return {
        "number": event.number,
        "association_id": str(event.association_id),
        "state": event.state,
        "valid_from": event.valid_from.isoformat(),
        "valid_until": event.valid_until.isoformat(),
    }


#: Event -> the news, and what it tells. Never an id or a name of a person.
_NEWS: Mapping[type[Event], tuple[WebhookEvent, Callable[[Any], dict[str, Any]]]] = {
    CertificateIssued: (WebhookEvent.CERTIFICATE_ISSUED, _issued),
    CertificateRevoked: (WebhookEvent.CERTIFICATE_REVOKED, _revoked),
    PassChanged: (WebhookEvent.PASS_CHANGED, _pass_changed),
}


def _record(session: Session, actor: Actor, webhook: Webhook, *, now: datetime) -> None:
    audit.record(
        session,
        actor=actor,
        action=Permission.WEBHOOK_MANAGE,
        subject="webhook",
        subject_id=webhook.id,
        now=now,
        after={"url": webhook.url, "state": webhook.state, "events": webhook.events},
    )
