"""The trust log: writers do not wait, one grows the tree, nothing in it can be changed, whatever breaks in between."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.certification.domain.log import LogKind
from services.certification.operations import log_tree
from services.certification.operations.log import add_to_log
from services.certification.operations.seals import seal_of
from services.certification.queries.log import find_head, list_entries
from services.certification.tasks.log import grow_log
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from tests.support.certification import World


def write(session: Session, count: int = 1) -> None:
    for number in range(count):
        add_to_log(
            session,
            kind=LogKind.CERTIFICATE_ISSUED,
            subject_id=new_id(),
            content=f"credential {number}",
            salt="00" * 16,
            now=utc_now(),
        )


def grow(world: World) -> int:
    with world.service.transaction() as session:
        return log_tree.grow_tree(session, seal=seal_of(world.service.resources.settings), now=utc_now())


def broken(world: World) -> list[str]:
    with world.service.transaction() as session:
        return list(log_tree.broken_places(session))


@contextmanager
def unguarded(world: World) -> Iterator[Session]:
    """What somebody can do who owns the database."""
    with world.service.transaction() as session:
        for table in ("log_entry", "log_node", "log_head"):
            session.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield session


def test_two_writers_do_not_wait_for_each_other(world: World) -> None:
    with world.service.transaction() as first:
        write(first)
        first.flush()
        with world.service.transaction() as second:
            write(second)
    assert grow(world) >= 2


def test_what_is_rolled_back_never_comes_into_the_tree(world: World) -> None:
    grow(world)
    with pytest.raises(ZeroDivisionError), world.service.transaction() as session:
        _write_and_die(session)
    grow(world)
    with world.service.transaction() as session:
        assert all(entry.kind is not LogKind.CERTIFICATE_ISSUED for entry in list_entries(session, start=0, limit=10))


def test_positions_have_no_gap_and_follow_the_order_of_writing(world: World) -> None:
    for count in (3, 1, 5):
        with world.service.transaction() as session:
            write(session, count)
        grow(world)
    with world.service.transaction() as session:
        entries = list_entries(session, start=0, limit=100)
    assert [entry.position for entry in entries] == list(range(len(entries)))
    assert [entry.sequence for entry in entries] == sorted(entry.sequence for entry in entries)
    assert broken(world) == []


def test_only_one_grows_the_tree_at_a_time(world: World) -> None:
    with world.service.transaction() as session:
        write(session, 4)
    with world.service.transaction() as session:
        seal = seal_of(world.service.resources.settings)
        assert log_tree.grow_tree(session, seal=seal, now=utc_now()) == 4
        assert grow(world) == 0, "the second one must leave it to the first"
    assert broken(world) == []


def test_many_writers_and_many_growers_give_one_whole_tree(world: World) -> None:
    def work() -> None:
        for _ in range(10):
            with world.service.transaction() as session:
                write(session, 2)
            grow(world)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    while grow(world):
        pass
    with world.service.transaction() as session:
        issued = [e for e in list_entries(session, start=0, limit=1000) if e.kind is LogKind.CERTIFICATE_ISSUED]
    assert len(issued) == 80
    assert broken(world) == []


def test_a_death_before_the_commit_leaves_the_tree_and_the_next_one_takes_the_entries_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.service.transaction() as session:
        write(session, 3)
    monkeypatch.setattr(log_tree, "_sign_head", _die)
    with pytest.raises(ZeroDivisionError):
        grow(world)
    assert broken(world) == []
    monkeypatch.undo()
    assert grow(world) == 3
    assert broken(world) == []


def _write_and_die(session: Session) -> None:
    write(session)
    session.flush()
    raise ZeroDivisionError


def _die(*_: object, **__: object) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log_entry SET commitment = 'x' WHERE position = 1",
        "UPDATE log_entry SET position = 99 WHERE position = 1",
        "UPDATE log_entry SET position = NULL WHERE position = 1",
        "UPDATE log_entry SET commitment = 'x' WHERE position IS NULL",
        "DELETE FROM log_entry WHERE position = 1",
        "DELETE FROM log_entry WHERE position IS NULL",
        "TRUNCATE log_entry",
        "UPDATE log_node SET hash = decode(repeat('00', 32), 'hex') WHERE level = 0",
        "DELETE FROM log_node",
        "TRUNCATE log_node",
        "UPDATE log_head SET note = 'x'",
        "DELETE FROM log_head",
        "TRUNCATE log_head",
    ],
)
def test_the_database_refuses_every_change_of_the_log(world: World, change: str) -> None:
    with world.service.transaction() as session:
        write(session, 3)
    grow(world)
    with world.service.transaction() as session:
        write(session)
    with pytest.raises(IntegrityError, match="only grows"), world.service.transaction() as session:
        session.execute(sa.text(change))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log_entry SET commitment = 'x' WHERE position = 1",
        "UPDATE log_entry SET kind = 'certificate_revoked' WHERE position = 1",
        "UPDATE log_node SET hash = decode(repeat('00', 32), 'hex') WHERE level = 1 AND index = 0",
        "UPDATE log_head SET root_hash = decode(repeat('00', 32), 'hex')",
        "DELETE FROM log_entry WHERE position = 1",
        "DELETE FROM log_entry WHERE position = 4",
    ],
)
def test_checking_finds_what_the_owner_of_the_database_has_changed(world: World, change: str) -> None:
    with world.service.transaction() as session:
        write(session, 5)
    grow(world)
    assert broken(world) == []
    with unguarded(world) as session:
        session.execute(sa.text(change))
    assert broken(world)


def test_the_task_signs_a_head_over_everything(world: World) -> None:
    world.certify(world.person())
    world.service.worker.set_default()
    grow_log()
    grow_log()
    with world.service.transaction() as session:
        head = find_head(session)
        entries = list_entries(session, start=0, limit=100)
    assert head is not None
    assert head.tree_size == len(entries) > 1
    assert {LogKind.CERTIFICATE_ISSUED, LogKind.KEY_ADDED} <= {entry.kind for entry in entries}
