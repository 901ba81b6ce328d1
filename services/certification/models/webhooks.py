"""Webhooks: who is told of what, and the messages to them. Messages bear numbers and ids, never names."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.webhooks import WebhookEvent, WebhookState
from services.certification.models.base import Base
from shared.db import enum_column


class Webhook(Base):
    """One address that is told. Personal data: who of the office made it (id)."""

    __tablename__ = "webhook"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    #: Whose it is, as the office wrote it.
    name: Mapped[str]
    url: Mapped[str]
    events: Mapped[list[str]]
    #: What messages are signed with, as Standard Webhooks writes it. It opens nothing of ours.
    secret: Mapped[str]
    state: Mapped[WebhookState] = enum_column(WebhookState)
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]
    #: Since when no message has arrived; none while they do.
    failing_since: Mapped[datetime | None]

    __table_args__ = (sa.CheckConstraint("jsonb_array_length(events) > 0", name="events_not_empty"),)


class WebhookMessage(Base):
    """One message to one address. Personal data: none; the ids in it lead to somebody only with our database."""

    __tablename__ = "webhook_message"

    #: What the header webhook-id bears: the same for every try.
    id: Mapped[UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[UUID] = mapped_column(sa.ForeignKey("webhook.id", ondelete="CASCADE"))
    event: Mapped[WebhookEvent] = enum_column(WebhookEvent)
    #: The body, letter for letter as it is signed and sent.
    body: Mapped[str]
    created_at: Mapped[datetime]
    #: When it is to be tried; none once it has arrived or was given up.
    due_at: Mapped[datetime | None]
    attempts: Mapped[int]
    last_tried_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    #: Why there was no answer, or the beginning of the answer.
    last_answer: Mapped[str | None]

    __table_args__ = (
        sa.Index("ix_webhook_message_due", "due_at", postgresql_where=sa.text("due_at IS NOT NULL")),
        sa.Index(None, "webhook_id", "created_at"),
        sa.Index(None, "created_at"),
        sa.CheckConstraint("delivered_at IS NULL OR due_at IS NULL", name="delivered_is_over"),
        sa.CheckConstraint("attempts >= 0", name="attempts_counted"),
    )
