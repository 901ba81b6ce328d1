"""Webhooks and the messages to them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.webhooks import WebhookEvent, WebhookState
from services.certification.models import Webhook, WebhookMessage
from shared.kernel.errors import NotFound


def list_webhooks(session: Session) -> list[Webhook]:
    """All webhooks, the newest first."""
    return list(session.scalars(sa.select(Webhook).order_by(Webhook.created_at.desc(), Webhook.id)))


def list_listeners(session: Session, *, event: WebhookEvent) -> list[UUID]:
    """The webhooks that want a kind of news and were not stopped."""
    statement = sa.select(Webhook.id).where(
        Webhook.state != WebhookState.STOPPED, Webhook.events.contains([event.value])
    )
    return list(session.scalars(statement))


def get_webhook(session: Session, *, webhook_id: UUID) -> Webhook:
    """The webhook of an id. Raises NotFound."""
    webhook = session.get(Webhook, webhook_id)
    if webhook is None:
        raise NotFound(kind="webhook")
    return webhook


def lock_webhook(session: Session, *, webhook_id: UUID) -> Webhook:
    """The webhook of an id, locked. Raises NotFound."""
    webhook = session.get(Webhook, webhook_id, with_for_update=True)
    if webhook is None:
        raise NotFound(kind="webhook")
    return webhook


def lock_message(session: Session, *, message_id: UUID) -> WebhookMessage | None:
    """A message, locked; None where its webhook was deleted meanwhile."""
    return session.get(WebhookMessage, message_id, with_for_update=True)


def list_messages(session: Session, *, webhook_id: UUID, limit: int) -> list[WebhookMessage]:
    """The newest messages to a webhook."""
    statement = (
        sa.select(WebhookMessage)
        .where(WebhookMessage.webhook_id == webhook_id)
        .order_by(WebhookMessage.created_at.desc(), WebhookMessage.id.desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def lock_due_messages(session: Session, *, now: datetime, limit: int) -> list[tuple[WebhookMessage, Webhook]]:
    """Messages whose time has come, with where they go, the longest due first; none that somebody else has at hand.

    Of an address where nobody is home only one message at a time: it is enough to see whether somebody is.
    """
    place = sa.func.row_number().over(partition_by=WebhookMessage.webhook_id, order_by=WebhookMessage.due_at)
    ranked = (
        sa.select(WebhookMessage.id, place.label("place"), Webhook.failing_since)
        .join(Webhook, Webhook.id == WebhookMessage.webhook_id)
        .where(WebhookMessage.due_at <= now, Webhook.state == WebhookState.ACTIVE)
        .subquery()
    )
    chosen = sa.select(ranked.c.id).where(sa.or_(ranked.c.failing_since.is_(None), ranked.c.place == 1))
    statement = (
        sa.select(WebhookMessage, Webhook)
        .join(Webhook, Webhook.id == WebhookMessage.webhook_id)
        .where(WebhookMessage.id.in_(chosen), WebhookMessage.due_at <= now)
        .order_by(WebhookMessage.due_at)
        .limit(limit)
        .with_for_update(of=WebhookMessage, skip_locked=True)
    )
    return [(message, webhook) for message, webhook in session.execute(statement)]


def delete_old_messages(session: Session, *, before: datetime) -> None:
    """Forget messages from before an instant, whatever became of them."""
    session.execute(sa.delete(WebhookMessage).where(WebhookMessage.created_at < before))
