"""Migrations are numbered, have one head that is written down, and lead to exactly the tables of the models."""

import importlib
import re

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from shared.contracts.services import Service
from shared.db import migrations, tables
from shared.messaging import tables as messaging_tables
from tests.support.databases import SERVICES, Databases


@pytest.mark.parametrize("service", list(Service))
def test_migrations_are_numbered_and_their_head_is_written_down(service: Service) -> None:
    folder = SERVICES / service / "migrations"
    names = sorted(path.name for path in (folder / "versions").glob("*.py") if path.name != "__init__.py")
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", name) for name in names)
    heads = ScriptDirectory.from_config(migrations.config_for(folder, url="")).get_heads()
    assert heads == [(folder / ".current-head").read_text().strip()]


@pytest.mark.parametrize("service", list(Service))
def test_the_migrated_database_is_what_the_models_say(service: Service, databases: Databases) -> None:
    base = importlib.import_module(f"services.{service}.models").Base
    engine = sa.create_engine(databases.url(databases.template(service)), poolclass=sa.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        wanted = migrations.merged([base.metadata, tables.metadata, messaging_tables.metadata])
        differences = [
            difference
            for difference in compare_metadata(context, wanted)
            if not (difference[0] == "remove_table" and difference[1].name == "alembic_version")
        ]
    engine.dispose()
    assert not differences


@pytest.mark.parametrize("service", list(Service))
def test_the_migrated_database_has_every_constraint_of_the_models(service: Service, databases: Databases) -> None:
    base = importlib.import_module(f"services.{service}.models").Base
    with databases.clone("template0") as url:
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        for metadata in (base.metadata, tables.metadata, messaging_tables.metadata):
            metadata.create_all(engine)
        wanted = constraints(engine)
    migrated = constraints(sa.create_engine(databases.url(databases.template(service)), poolclass=sa.NullPool))
    assert migrated == wanted


def constraints(engine: sa.Engine) -> dict[str, str]:
    """Every constraint by name, with its definition; alembic's own table left out."""
    statement = sa.text(
        "SELECT conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid"
        " WHERE connamespace = 'public'::regnamespace AND t.relname <> 'alembic_version' AND contype <> 'n'"
    )
    with engine.connect() as connection:
        return {name: definition for name, definition in connection.execute(statement)}
