"""Writing to the trust log. Growing its tree: log_tree.py. Proofs: log_proofs.py."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from services.certification.domain.log import LogKind, commitment
from services.certification.models import LogEntry


def add_to_log(
    session: Session, *, kind: LogKind, subject_id: UUID, content: str, salt: str | None, now: datetime
) -> LogEntry:
    """Add an entry that binds `content`. It stands or falls with the caller's transaction and makes nobody wait.

    The tree takes it in within seconds after the commit, by a task of its own. Without a salt, as after a person was
    erased, one is drawn that nobody keeps: the log then says that something happened, and nobody can ever say to whom.
    """
    bound = commitment(content, salt=secrets.token_hex(16) if salt is None else salt)
    entry = LogEntry(kind=kind, subject_id=subject_id, commitment=bound, recorded_at=now, position=None)
    session.add(entry)
    return entry


def add_all_to_log(session: Session, *, kind: LogKind, bound: Sequence[tuple[UUID, str, str]], now: datetime) -> None:
    """Like `add_to_log` for many at once: the id of each subject, the content that its entry binds, and its salt."""
    rows = [
        {"kind": kind, "subject_id": subject_id, "commitment": commitment(content, salt=salt), "recorded_at": now}
        for subject_id, content, salt in bound
    ]
    if rows:
        session.execute(insert(LogEntry), rows)
