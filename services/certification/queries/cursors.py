"""Where a page of a list begins: after the row with this instant and id."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.kernel.errors import NotFound

#: The instant and the id by which a list is ordered, of the last row of the page before.
Cursor = tuple[datetime, UUID]


def read_cursor(values: list[Any] | None) -> Cursor | None:
    """The cursor in what an address bears. Raises NotFound where it is none."""
    if values is None:
        return None
    try:
        instant, row_id = values
        return datetime.fromisoformat(instant), UUID(row_id)
    except (TypeError, ValueError, AttributeError) as error:
        raise NotFound(kind="page") from error
