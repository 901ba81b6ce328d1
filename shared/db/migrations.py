"""Running Alembic for one service: `env.py` of each service is one call of `run`.

A migration waits at most a second for a lock, so that it never stands in front of the traffic; an advisory lock keeps
two starts of the platform from migrating at once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command, context
from alembic.config import Config

from shared.db.base import service_metadata

_ADVISORY_LOCK = 0x4D454D4F  # "MEMO"


def config_for(directory: Path, *, url: str) -> Config:
    """Alembic's configuration for a service's `migrations` folder, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(directory).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade(directory: Path, *, url: str) -> None:
    """Bring the database to the newest migration."""
    command.upgrade(config_for(directory, url=url), "head")


def run(metadata: Sequence[sa.MetaData]) -> None:
    """The body of a service's `env.py`. `metadata` is what autogenerate compares the database with."""
    engine = sa.create_engine(context.config.attributes["url"], poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("SET lock_timeout = '1s'"))
        connection.execute(sa.text("SET statement_timeout = '60s'"))
        connection.execute(sa.select(sa.func.pg_advisory_lock(_ADVISORY_LOCK)))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=merged(metadata),
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=True,
            include_object=_is_ours,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def merged(metadata: Sequence[sa.MetaData]) -> sa.MetaData:
    """All tables under the one naming convention; with a list Alembic would name constraints its own way."""
    whole = service_metadata()
    for part in metadata:
        for table in part.tables.values():
            table.to_metadata(whole)
    return whole


def _is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    return not (kind == "table" and name == "alembic_version")
