"""One database of one service, and the two ways into it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from shared.kernel.errors import DomainError

#: A request that waits longer for a row than this is told to try again; a statement that runs longer is stuck.
_LOCK_TIMEOUT_MS = 4_000
_STATEMENT_TIMEOUT_MS = 15_000


class Database:
    """A pool of connections. Make one per process, after any fork."""

    def __init__(self, url: str, *, pool_size: int = 5, application_name: str = "memo") -> None:
        self.engine = sa.create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_timeout=10,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": 5,
                "application_name": application_name,
                "options": (
                    f"-c timezone=UTC -c lock_timeout={_LOCK_TIMEOUT_MS} -c statement_timeout={_STATEMENT_TIMEOUT_MS}"
                    " -c idle_in_transaction_session_timeout=60000"
                ),
            },
        )
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

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

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


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
