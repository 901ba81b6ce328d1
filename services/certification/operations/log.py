"""Writing and checking the issuance log."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.log import START, LogKind, commitment, entry_hash
from services.certification.models import IssuanceLogEntry
from services.certification.queries.log import lock_end_of_log, read_log


def add_to_log(
    session: Session, *, kind: LogKind, subject_id: UUID, content: str, salt: str, now: datetime
) -> IssuanceLogEntry:
    """Add a line that binds `content`. Call it late: until the transaction ends nobody else can add one."""
    session.flush()  # Whatever a constraint refuses must be refused before the log is held.
    last = lock_end_of_log(session)
    position = last.position + 1 if last else 1
    previous = last.entry_hash if last else START
    bound = commitment(content, salt=salt)
    entry = IssuanceLogEntry(
        position=position,
        kind=kind,
        subject_id=subject_id,
        commitment=bound,
        recorded_at=now,
        previous_hash=previous,
        entry_hash=entry_hash(position=position, kind=kind, content=bound, recorded_at=now, previous=previous),
    )
    session.add(entry)
    session.flush()  # The next line of the same transaction reads this one.
    return entry


def broken_lines(session: Session) -> Iterator[int]:
    """The positions of lines that do not follow from the line before; none in a whole log."""
    position, previous = 0, START
    for entry in read_log(session):
        position += 1
        expected = entry_hash(
            position=position,
            kind=entry.kind,
            content=entry.commitment,
            recorded_at=entry.recorded_at,
            previous=previous,
        )
        if (entry.position, entry.previous_hash, entry.entry_hash) != (position, previous, expected):
            yield entry.position
        previous, position = entry.entry_hash, entry.position
