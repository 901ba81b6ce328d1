"""Finds servers of production's kind for the second round of tests; prints shell lines for those that let us in."""

import os
import shlex
import sys
from collections.abc import Callable

import kombu
import psycopg

_POSTGRES_HERE = "postgresql://postgres@127.0.0.1:5432/postgres"
_RABBITMQ_HERE = "amqp://guest:guest@127.0.0.1:5672//"
_PATIENCE_SECONDS = 3


def may_create_databases(url: str) -> bool:
    """Whether this PostgreSQL answers and its role may make the databases that tests need."""
    try:
        with psycopg.connect(url, connect_timeout=_PATIENCE_SECONDS) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def takes_messages(url: str) -> bool:
    """Whether this RabbitMQ answers and knows the account."""
    connection = kombu.Connection(url, connect_timeout=_PATIENCE_SECONDS)
    try:
        connection.connect()
    except connection.connection_errors:
        return False
    finally:
        connection.release()
    return True


def find(*, given: str | None, usual: str, answers: Callable[[str], bool], name: str) -> str | None:
    """The server that was named, or the usual one when it answers. Raises SystemExit when a named one does not."""
    if given and not answers(given):
        raise SystemExit(f"{name} was named for the tests, but does not answer or does not let us in")
    found = given or (usual if answers(usual) else None)
    if found is None:
        sys.stderr.write(f"{name}: none at the usual local port\n")
    return found


def main() -> None:
    """Print one `export` line for each server found."""
    environ = os.environ
    broker = find(
        given=environ.get("MEMO_TEST_RABBITMQ_URL"), usual=_RABBITMQ_HERE, answers=takes_messages, name="RabbitMQ"
    )
    database = find(
        given=environ.get("MEMO_TEST_POSTGRES_URL"),
        usual=_POSTGRES_HERE,
        answers=may_create_databases,
        name="PostgreSQL",
    )
    for name, url in (("MEMO_TEST_BROKER_URL", broker), ("MEMO_TEST_POSTGRES_URL", database)):
        if url:
            print(f"export {name}={shlex.quote(url)}")


if __name__ == "__main__":
    main()
