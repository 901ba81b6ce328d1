"""One database of one service, and the two ways into it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from shared.config import Settings
from shared.db.peeking import Peephole
from shared.kernel.errors import DomainError

Found = TypeVar("Found")

#: A request that waits longer for a row than this is told to try again; a statement that runs longer is stuck.
_LOCK_TIMEOUT_MS = 4_000
_STATEMENT_TIMEOUT_MS = 15_000

#: What is raised where the database is away or overrun: for those who can answer without it.
DATABASE_AWAY: tuple[type[Exception], ...] = (OperationalError, PoolTimeout)


class Database:
    """A pool of connections. Make one per process, after any fork."""

    def __init__(self, url: str, *, pool_size: int = 5, application_name: str = "memo") -> None:
        options = (
            f"-c timezone=UTC -c lock_timeout={_LOCK_TIMEOUT_MS} -c statement_timeout={_STATEMENT_TIMEOUT_MS}"
            " -c idle_in_transaction_session_timeout=60000"
        )
        known = {"connect_timeout": 5, "application_name": application_name}
        self.engine = sa.create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=10,
            pool_pre_ping=True,
            hide_parameters=True,  # What people typed, and numbers that were looked up, stand in no log.
            connect_args=known | {"options": options},
        )
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        # Opened when the first page asks: no transaction, no question before the question, and no writing.
        self._glance_engine = sa.create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=10,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args=known | {"options": f"{options} -c default_transaction_read_only=on"},
        )
        self._glances = sessionmaker(self._glance_engine, expire_on_commit=False)
        self._peephole = Peephole(self._glance_engine, most=pool_size)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: committed at the end of the block, rolled back on any error."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that PostgreSQL itself keeps from writing."""
        with self._sessions() as session:
            session.connection(execution_options={"postgresql_readonly": True})
            yield session

    def glance(self, look: Callable[[Session], Found]) -> Found:
        """What `look` finds by single statements, each of which sees what was committed before it.

        For pages that many ask at once: one way to the database and back instead of four. `look` may run twice, where
        the first connection turns out to be lost.
        """
        try:
            with self._glances() as session:
                return look(session)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        with self._glances() as session:
            return look(session)

    def peek(self, statement: str, parameter: str) -> str | None:
        """The one text that a plain statement answers, past everything between us and libpq, or None for no row.

        For the question that a page asks before it does any work; answers 0.05 ms after it was asked. The statement
        names its parameter `$1`.
        """
        try:
            return self._peephole.ask(statement, parameter)
        except self._glance_engine.dialect.loaded_dbapi.OperationalError:
            self._peephole.close()
            self._glance_engine.dispose()  # The connections were lost; a second failure is the database's.
        named = statement.replace("$1", "%(asked)s")
        asked = {"asked": parameter}
        row = self.glance(lambda session: session.connection().exec_driver_sql(named, asked).one_or_none())
        return str(row[0]) if row else None

    @property
    def engines(self) -> tuple[sa.Engine, ...]:
        """Both pools, for whoever counts statements."""
        return self.engine, self._glance_engine

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()
        self._peephole.close()
        self._glance_engine.dispose()


def open_database(settings: Settings) -> Database:
    """The database that a service's settings name."""
    return Database(
        settings.database_url,
        pool_size=settings.database_pool_size,
        application_name=f"memo-{settings.service}",
    )


@contextmanager
def refusing(errors: Mapping[str, Callable[[], DomainError]]) -> Iterator[None]:
    """Turn the violation of a named constraint into its named error: constraint name -> error maker.

    Flush inside the block, so that the violation surfaces there. The transaction is lost either way.
    """
    try:
        yield
    except IntegrityError as error:
        diagnostics = getattr(error.orig, "diag", None)
        make_error = errors.get(getattr(diagnostics, "constraint_name", None) or "")
        if make_error is None:
            raise
        raise make_error() from error
