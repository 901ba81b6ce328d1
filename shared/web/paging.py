"""Cursor paging: stable while rows come and go, and as fast on the last page as on the first."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from flask import request, url_for
from werkzeug.exceptions import BadRequest

Item = TypeVar("Item")

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Items of one page, and the cursor after the last one where more follow."""

    items: Sequence[Item]
    next_cursor: str | None
    is_first: bool

    @property
    def next_url(self) -> str | None:
        """The address of the next page, with the filters of this one."""
        return _address(after=self.next_cursor) if self.next_cursor else None

    @property
    def first_url(self) -> str | None:
        """The address of the first page, where this is another one."""
        return None if self.is_first else _address(after=None)


def encode_cursor(key: Sequence[Any]) -> str:
    """An opaque cursor from the sort key of a row (JSON values)."""
    return base64.urlsafe_b64encode(json.dumps(list(key), default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> list[Any]:
    """The sort key in a cursor. Raises BadRequest where it is not one of ours."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(key, list):
        raise BadRequest
    return key


def requested_cursor() -> list[Any] | None:
    """The sort key after which this request's page begins, from `?after=`."""
    cursor = request.args.get("after")
    return decode_cursor(cursor) if cursor else None


def requested_name_and_id() -> tuple[str, UUID] | None:
    """The same for a list that is sorted by name, then id. Raises BadRequest where the cursor is of another list."""
    match requested_cursor():
        case None:
            return None
        case [str(name), str(row_id)] if "\0" not in name:
            try:
                return name, UUID(row_id)
            except ValueError as error:
                raise BadRequest from error
        case _:
            raise BadRequest


def page_of(rows: Sequence[Item], *, key: Callable[[Item], Sequence[Any]], size: int = PAGE_SIZE) -> Page[Item]:
    """A page from up to `size` + 1 rows: ask a query for one more than the page shows."""
    items = rows[:size]
    next_cursor = encode_cursor(key(items[-1])) if len(rows) > size and items else None
    return Page(items=items, next_cursor=next_cursor, is_first=not request.args.get("after"))


def _address(*, after: str | None) -> str:
    arguments: dict[str, Any] = {name: request.args.getlist(name) for name in request.args if name != "after"}
    if after:
        arguments["after"] = after
    return url_for(request.endpoint or "", **(request.view_args or {}), **arguments)
