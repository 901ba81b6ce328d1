"""The trust log at ten million entries: what a proof costs, and how fast the tree grows."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.log import LogKind
from services.certification.models import LogHead
from services.certification.operations.log import add_to_log
from services.certification.operations.log_proofs import read_consistency, read_inclusion_at
from services.certification.operations.log_tree import BATCH, grow_tree
from shared.db import Database
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id

SIZE = 10_000_000
PROOFS = 200
#: A proof may take this long.
BUDGET_SECONDS = 0.005
ROUNDS = 4
#: Entries lie in the large log this far apart: a proof asks for one of them, and for nodes that are all there.
_STEP = 100

_SCRIPT = (
    "CREATE SCHEMA bench_log",
    "CREATE TABLE log_entry (LIKE public.log_entry INCLUDING ALL)",
    "CREATE TABLE log_head (LIKE public.log_head INCLUDING ALL)",
    "CREATE UNLOGGED TABLE log_node (LIKE public.log_node)",
    "INSERT INTO log_node SELECT level, index, sha256(int8send(index)) FROM generate_series(0, 23) level,"
    f" generate_series(0, ({SIZE} >> level) - 1) index",
    "ALTER TABLE log_node ADD PRIMARY KEY (level, index)",
    "INSERT INTO log_entry (kind, subject_id, commitment, recorded_at, position)"
    " SELECT 'key_added', gen_random_uuid(), sha256(int8send(position))::text, now(), position"
    f" FROM (SELECT generate_series(0, {SIZE - 1}, {_STEP}) UNION SELECT {SIZE - 1}) AS chosen(position)",
    "ANALYZE log_node",
    "ANALYZE log_entry",
)


def measure(url: str, *, seal: Seal) -> tuple[float, float, float]:
    """Seconds of an inclusion and of a consistency proof at SIZE entries (medians), and entries per second taken in."""
    chance = random.Random(9162)
    with _large_log(url) as database:
        inclusion = _median(
            database, lambda s: read_inclusion_at(s, position=chance.randrange(SIZE // _STEP) * _STEP, tree_size=None)
        )
        consistency = _median(database, lambda s: read_consistency(s, first=chance.randrange(1, SIZE), second=SIZE))
        return inclusion, consistency, _taken_per_second(database, seal)


@contextmanager
def _large_log(url: str) -> Iterator[Database]:
    """A log of SIZE entries in a schema of its own: hashes of chance, as many and as deep as real ones."""
    database = Database(url)
    sa.event.listen(database.engine, "connect", _look_into_bench_schema)
    with database.transaction() as session:
        session.execute(sa.text("SET LOCAL statement_timeout = 0"))
        for statement in _SCRIPT:
            session.execute(sa.text(statement))
        session.add(LogHead(tree_size=SIZE, root_hash=bytes(32), signed_at=utc_now(), key_code="bench", note="bench\n"))
    try:
        yield database
    finally:
        with database.transaction() as session:
            session.execute(sa.text("DROP SCHEMA bench_log CASCADE"))
        database.dispose()


def _look_into_bench_schema(connection: Any, _: object) -> None:
    connection.execute("SET search_path TO bench_log, public")
    connection.commit()


def _median(database: Database, prove: Callable[[Session], object]) -> float:
    """Of PROOFS proofs, each in a transaction of its own as a request has it."""
    taken = []
    for _ in range(PROOFS):
        started = time.perf_counter()
        with database.reading() as session:
            prove(session)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _taken_per_second(database: Database, seal: Seal) -> float:
    """Entries that one grower takes into the large tree, signatures of the heads included."""
    with database.transaction() as session:
        for number in range(BATCH * ROUNDS):
            add_to_log(
                session, kind=LogKind.KEY_ADDED, subject_id=new_id(), content=str(number), salt=None, now=utc_now()
            )
    started = time.perf_counter()
    for _ in range(ROUNDS):
        with database.transaction() as session:
            grow_tree(session, seal=seal, now=utc_now())
    return BATCH * ROUNDS / (time.perf_counter() - started)
