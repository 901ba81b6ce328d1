"""Locks that belong to no row."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

_SEEDING = 0x4D454D4F_5345


def lock_seeding(session: Session) -> None:
    """Wait for whoever else is seeding; held to the end of the transaction."""
    session.execute(select(func.pg_advisory_xact_lock(_SEEDING)))
