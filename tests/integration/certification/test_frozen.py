"""What was issued never changes, and no statement can change it."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.support.certification import World


@pytest.mark.parametrize(
    "change",
    [
        "full_name = 'Anders'",
        "level_title = 'Anders'",
        "units_attended = 99",
        "modules = '[]'",
        "credential = '{}'",
        "credential_jwt = 'x'",
        "log_salt = 'x'",
        "issued_on = issued_on - 1",
        "person_id = gen_random_uuid()",
        "template_version = NULL",
        "status_index = status_index",
    ],
)
def test_no_statement_changes_what_was_issued(world: World, change: str) -> None:
    certificate = world.certify(world.person())
    harmless = change == "status_index = status_index"
    with world.service.resources.database.engine.connect() as connection, connection.begin() as going:
        statement = sa.text(f"UPDATE certificate SET {change} WHERE id = :id")
        if harmless:
            connection.execute(statement, {"id": certificate.id})
        else:
            with pytest.raises(IntegrityError, match="does not change"):
                connection.execute(statement, {"id": certificate.id})
        going.rollback()


def test_no_certificate_is_deleted(world: World) -> None:
    world.certify(world.person())
    with world.service.resources.database.engine.connect() as connection, connection.begin() as going:
        with pytest.raises(IntegrityError, match="does not change"):
            connection.execute(sa.text("DELETE FROM certificate"))
        going.rollback()


def test_erasing_empties_what_is_personal_and_nothing_else(world: World) -> None:
    certificate = world.certify(world.person())
    erase = (
        "UPDATE certificate SET erased_at = now(), full_name = '', log_salt = NULL, credential_jwt = NULL,"
        " credential = ''{more} WHERE id = :id"
    )
    with world.service.resources.database.engine.connect() as connection:
        with connection.begin() as going:
            with pytest.raises(IntegrityError, match="units_attended"):
                connection.execute(sa.text(erase.format(more=", units_attended = 0")), {"id": certificate.id})
            going.rollback()
        with connection.begin():
            connection.execute(sa.text(erase.format(more="")), {"id": certificate.id})
        with connection.begin() as going:
            with pytest.raises(IntegrityError, match="come back"):
                connection.execute(sa.text("UPDATE certificate SET erased_at = NULL"))
            going.rollback()


def test_no_statement_changes_a_published_template(world: World) -> None:
    world.certify(world.person())
    for statement in ("UPDATE certificate_template SET title = 'Anders'", "DELETE FROM certificate_template"):
        with world.service.resources.database.engine.connect() as connection, connection.begin() as going:
            with pytest.raises(IntegrityError, match="does not change"):
                connection.execute(sa.text(statement))
            going.rollback()
