"""The short question before a page: answered at once, without writing, and again after the connections were lost."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from shared.db import Database

ECHO = "SELECT $1 || '!' WHERE $1 <> 'nobody'"


def test_a_question_is_answered_and_lost_connections_are_opened_again(database: Database) -> None:
    assert [database.peek(ECHO, word) for word in ("a", "ü", "nobody")] == ["a!", "ü!", None]
    with database.transaction() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        session.execute(sa.text(f"{others} AND datname = current_database()"))
    assert [database.peek(ECHO, word) for word in ("b", "c")] == ["b!", "c!"]


def test_a_question_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match="read-only"):
        database.peek("INSERT INTO attempt_counter VALUES ($1, now(), 1) RETURNING key", "x")
