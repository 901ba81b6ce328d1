"""Limits on guessing that survive restarts: fixed windows, counted in PostgreSQL."""

from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.db.tables import attempt_counter
from shared.kernel.errors import TooManyAttempts


def count_attempt(session: Session, *, key: str, limit: int, window: timedelta, now: datetime) -> None:
    """Count one attempt under `key`; raise TooManyAttempts where more than `limit` fall into the running window.

    The count is part of the caller's transaction. An operation that answers a wrong guess by raising would roll it
    back, so let it return its verdict and raise only after the commit. An attempt that is refused here need not be
    kept: the window is full already.
    """
    statement = insert(attempt_counter).values(key=key, window_ends_at=now + window, attempts=1)
    is_over = attempt_counter.c.window_ends_at <= now
    statement = statement.on_conflict_do_update(
        index_elements=[attempt_counter.c.key],
        set_={
            "attempts": sa.case((is_over, 1), else_=attempt_counter.c.attempts + 1),
            "window_ends_at": sa.case((is_over, now + window), else_=attempt_counter.c.window_ends_at),
        },
    )
    row = session.execute(statement.returning(attempt_counter.c.attempts, attempt_counter.c.window_ends_at)).one()
    if row.attempts > limit:
        raise TooManyAttempts(retry_after_seconds=max(1, int((row.window_ends_at - now).total_seconds())))


def clear_attempts(session: Session, *, key: str) -> None:
    """Forget the attempts under `key`, after the right answer."""
    session.execute(sa.delete(attempt_counter).where(attempt_counter.c.key == key))


def forget_old_attempts(session: Session, *, now: datetime) -> int:
    """Delete counters whose window is over; how many there were."""
    statement = sa.delete(attempt_counter).where(attempt_counter.c.window_ends_at <= now)
    return cast("sa.CursorResult[Any]", session.execute(statement)).rowcount
