"""The issuance log."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.log import LogKind
from services.certification.models import IssuanceLogEntry

#: The advisory lock of the log's end; any number that nothing else in this database uses.
_LOG_LOCK = 7_305_001


def lock_end_of_log(session: Session) -> IssuanceLogEntry | None:
    """The last line, or None of an empty log; nobody else adds one until this transaction ends."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOG_LOCK)))
    return session.scalars(sa.select(IssuanceLogEntry).order_by(IssuanceLogEntry.position.desc()).limit(1)).first()


def find_entry(session: Session, *, kind: LogKind, subject_id: UUID) -> IssuanceLogEntry | None:
    """The first line of a kind about a subject."""
    return session.scalars(
        sa.select(IssuanceLogEntry)
        .where(IssuanceLogEntry.subject_id == subject_id, IssuanceLogEntry.kind == kind)
        .order_by(IssuanceLogEntry.position)
        .limit(1)
    ).first()


def read_log(session: Session) -> Iterator[IssuanceLogEntry]:
    """All lines from the first on, in parts, so that a long log fits into memory."""
    statement = sa.select(IssuanceLogEntry).order_by(IssuanceLogEntry.position)
    yield from session.scalars(statement.execution_options(yield_per=1000))
