"""A fresh database for each test: migrated once into a template, cloned in a few hundredths of a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import sqlalchemy as sa
from psycopg import sql

from shared.contracts.services import Service
from shared.db import migrations

SERVICES = Path(__file__).resolve().parents[2] / "services"


class Databases:
    """The databases of one test run, on one server."""

    def __init__(self, superuser_url: str) -> None:
        self._url = sa.make_url(superuser_url).set(drivername="postgresql+psycopg")
        self._run = uuid4().hex[:8]

    def url(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def template(self, service: Service) -> str:
        """The name of the service's migrated template, made at the first call."""
        name = f"template_{service}_{self._run}"
        if not self._exists(name):
            self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            migrations.upgrade(SERVICES / service / "migrations", url=self.url(name))
        return name

    @contextmanager
    def clone(self, template: str) -> Iterator[str]:
        """The URL of a copy that is thrown away."""
        name = f"test_{uuid4().hex}"
        make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._execute(make.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield self.url(name)
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_templates(self) -> None:
        for service in Service:
            name = sql.Identifier(f"template_{service}_{self._run}")
            self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    def _exists(self, name: str) -> bool:
        with self._connect() as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None

    def _execute(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(address, autocommit=True)
