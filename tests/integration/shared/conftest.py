"""A database that holds the shared tables only, and what stands in for the broker at the relay."""

from collections.abc import Iterator
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from shared.db import Database, tables
from shared.messaging import tables as messaging_tables
from tests.support.databases import Databases


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """The shared tables in a fresh database."""
    with databases.clone("template0") as url:
        database = Database(url, pool_size=10)
        for metadata in (tables.metadata, messaging_tables.metadata):
            metadata.create_all(database.engine)
        yield database
        database.dispose()


class RecordingSender:
    """Keeps what was sent; may be away, refuse one type, or die after sending."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, list[Any]]] = []
        self.is_away = False
        self.refused_type: str | None = None

    def send(self, *, task: str, queue: str, arguments: list[Any], task_id: str) -> None:
        if self.is_away:
            raise OperationalError("connection refused")
        if self.refused_type and isinstance(arguments[0], dict) and arguments[0]["type"] == self.refused_type:
            raise ValueError("cannot be encoded")
        self.sent.append((task, queue, arguments))


@pytest.fixture
def sender() -> RecordingSender:
    return RecordingSender()
