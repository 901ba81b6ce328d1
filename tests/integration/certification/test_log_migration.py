"""The lines of the former chain become the first leaves of the tree, in their order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import command

from services.certification.operations import log_tree
from shared.db import Database, migrations
from shared.kernel.ids import new_id
from tests.support.databases import SERVICES, Databases


def test_what_the_chain_recorded_is_in_the_tree_and_back_again(databases: Databases) -> None:
    with databases.clone("template0") as url:
        config = migrations.config_for(SERVICES / "certification" / "migrations", url=url)
        command.upgrade(config, "0003")
        database = Database(url)
        started = datetime(2026, 1, 1, tzinfo=UTC)
        lines: list[dict[str, Any]] = [
            {
                "position": number,
                "kind": "certificate_issued",
                "subject_id": new_id(),
                "commitment": f"{number:064x}",
                "recorded_at": started + timedelta(seconds=number),
                "hash": str(number),
            }
            for number in range(1, 12)
        ]
        insert = (
            "INSERT INTO issuance_log_entry (position, kind, subject_id, commitment, recorded_at, previous_hash,"
            " entry_hash) VALUES (:position, :kind, :subject_id, :commitment, :recorded_at, 'x', :hash)"
        )
        with database.transaction() as session:
            session.execute(sa.text(insert), lines)
        command.upgrade(config, "head")
        with database.reading() as session:
            assert list(log_tree.broken_places(session)) == []
            found = session.execute(sa.text("SELECT position, commitment FROM log_entry ORDER BY position")).all()
        assert [tuple(row) for row in found] == [(line["position"] - 1, line["commitment"]) for line in lines]
        command.downgrade(config, "0003")
        command.upgrade(config, "head")
        database.dispose()
