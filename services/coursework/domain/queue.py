"""Positions in the trainer's queue, which is ordered by hand-in and id."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

Position = tuple[datetime, UUID]


def read_position(values: Sequence[object]) -> Position:
    """A position from the values of a cursor. Raises ValueError where they are none, or lack a time zone."""
    at, submission_id = values
    instant = datetime.fromisoformat(str(at))
    if instant.tzinfo is None:
        raise ValueError("no time zone")
    return instant, UUID(str(submission_id))
