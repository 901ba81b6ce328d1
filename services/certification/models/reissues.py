"""What holders asked for: a new certificate in the place of one."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.reissues import ReissueReason, ReissueState
from services.certification.models.base import Base
from shared.db import enum_column


class ReissueRequest(Base):
    """One request of a holder, and its answer.

    Personal data: what the holder wrote and what the office answered; kept as the reason of the new certificate.
    """

    __tablename__ = "reissue_request"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(sa.ForeignKey("certificate.id"))
    person_id: Mapped[UUID]
    reason: Mapped[ReissueReason] = enum_column(ReissueReason)
    #: What the holder wrote.
    text: Mapped[str]
    state: Mapped[ReissueState] = enum_column(ReissueState)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    #: What the office wrote; the holder reads it.
    answer: Mapped[str | None]

    __table_args__ = (
        sa.Index(
            "uq_reissue_request_one_waiting",
            "certificate_id",
            unique=True,
            postgresql_where=sa.text("state = 'waiting'"),
        ),
        sa.Index("ix_reissue_request_certificate_id_asked_at", "certificate_id", "asked_at"),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_when_not_waiting"),
    )
