"""The issuance log: each line bears the hash of the line before, so that no line can be changed or taken out unseen."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.log import LogKind
from services.certification.models.base import Base
from shared.db import enum_column


class IssuanceLogEntry(Base):
    """One line. Personal data: none; a commitment is a salted hash, and its salt lies with the certificate."""

    __tablename__ = "issuance_log_entry"

    position: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[LogKind] = enum_column(LogKind)
    subject_id: Mapped[UUID]
    commitment: Mapped[str]
    recorded_at: Mapped[datetime]
    previous_hash: Mapped[str]
    entry_hash: Mapped[str]

    __table_args__ = (
        sa.UniqueConstraint("entry_hash"),
        sa.Index(None, "subject_id", "position"),
        sa.CheckConstraint("position >= 1", name="position_from_one"),
    )
