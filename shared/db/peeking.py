"""Short questions past everything between us and libpq: prepared once per connection, asked and answered in one go."""

import contextlib
from collections import deque
from typing import Any

import sqlalchemy as sa
from psycopg import Connection, OperationalError
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn


class Peephole:
    """Connections of its own, as many as threads ask at once; `most` of them are kept open between questions."""

    def __init__(self, engine: sa.Engine, *, most: int) -> None:
        self._engine = engine
        self._most = most
        self._idle: deque[_Asking] = deque()

    def ask(self, statement: str, parameter: str) -> str | None:
        """The first value of the first row, None where there is none. Raises OperationalError where it cannot be had.

        `statement` holds one parameter, `$1`, and answers text.
        """
        try:
            asking = self._idle.pop()
        except IndexError:
            asking = _Asking(self._engine)
        try:
            answer = asking.ask(statement, parameter)
        except OperationalError:
            asking.close()
            raise
        if len(self._idle) < self._most:
            self._idle.append(asking)
        else:
            asking.close()
        return answer

    def close(self) -> None:
        """Close what is idle."""
        with contextlib.suppress(IndexError):
            while True:
                self._idle.pop().close()


class _Asking:
    """One connection, and the names of the statements that it knows."""

    def __init__(self, engine: sa.Engine) -> None:
        lent = engine.raw_connection()
        lent.detach()  # No pool counts it any more; it keeps all settings of the engine.
        self._owner: Connection[Any] = lent.dbapi_connection  # type: ignore[assignment]
        self._connection: PGconn = self._owner.pgconn
        self._names: dict[str, bytes] = {}

    def ask(self, statement: str, parameter: str) -> str | None:
        name = self._names.get(statement) or self._prepare(statement)
        result = self._connection.exec_prepared(name, [parameter.encode()])
        if result.status != ExecStatus.TUPLES_OK:
            raise OperationalError("the question was not answered")
        value = result.get_value(0, 0) if result.ntuples else None
        return value.decode() if value is not None else None

    def close(self) -> None:
        self._owner.close()

    def _prepare(self, statement: str) -> bytes:
        name = b"peek_%d" % len(self._names)
        if self._connection.prepare(name, statement.encode()).status != ExecStatus.COMMAND_OK:
            raise OperationalError("the question was not understood")
        self._names[statement] = name
        return name
