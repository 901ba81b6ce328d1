"""The tree of the trust log: taking entries in, signing heads, and checking all of it against itself."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.seal import Seal
from services.certification.domain.checkpoint import TreeHead, origin_of
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.log import leaf_of
from services.certification.domain.merkle import fold, grow, leaf_hash, peaks
from services.certification.models import LogEntry, LogHead, LogNode
from services.certification.operations.keys import present_key
from services.certification.queries.keys import find_active_key
from services.certification.queries.log import (
    count_leaves,
    count_nodes,
    find_head,
    has_waiting_entries,
    list_heads,
    list_waiting_entries,
    lock_tree,
    read_entries,
    read_nodes,
)

#: How many entries one transaction takes in.
BATCH = 2_000
#: A log that stands still is signed anew after this time, so that a standing one can be told from a withheld one.
_HEAD_LASTS = timedelta(hours=24)
_CHECKED_AT_ONCE = 1_000


def grow_tree(session: Session, *, seal: Seal, now: datetime) -> int:
    """Take waiting entries into the tree and sign its head; how many were taken.

    Only one transaction does so at a time; where another one is at it, nothing happens. Whatever interrupts it leaves
    the tree as it was. Raises SigningKeyUnknown, SigningKeyUnusable.
    """
    if not has_waiting_entries(session) and not _is_head_due(session, now=now):
        return 0
    if not lock_tree(session):
        return 0
    size = count_leaves(session)
    crown = _crown(session, size)
    waiting = list_waiting_entries(session, limit=BATCH)
    made, crown = grow(size, crown, [_hash_of(entry) for entry in waiting])
    if made:
        rows = [{"level": level, "index": index, "hash": digest} for (level, index), digest in made.items()]
        session.execute(sa.insert(LogNode), rows)
        _give_positions(session, waiting, first=size)
    _sign_head(session, size=size + len(waiting), root=fold(crown), seal=seal, now=now)
    return len(waiting)


def broken_places(session: Session) -> Iterator[str]:
    """What does not fit together in the log, computed from its entries anew; nothing in a whole log."""
    size = nodes = 0
    crown: list[bytes] = []
    heads = _heads_by_size(session)
    for part in _in_parts(read_entries(session)):
        if part[0].position != size or part[-1].position != size + len(part) - 1:
            yield f"an entry is missing from position {size} on"
            return
        stored = read_nodes(session, addresses=list(grow(size, crown, map(_hash_of, part))[0]))
        for entry in part:
            made, crown = grow(size, crown, [_hash_of(entry)])
            size, nodes = size + 1, nodes + len(made)
            yield from (f"node {address} has another hash" for address in made if stored.get(address) != made[address])
            root = fold(crown)
            yield from (f"head {head.id} has another root" for head in heads.pop(size, []) if head.root_hash != root)
    yield from (f"head {head.id} counts more leaves than there are" for late in heads.values() for head in late)
    if nodes != count_nodes(session):
        yield "there are nodes that belong to no leaf"


def _heads_by_size(session: Session) -> dict[int, list[LogHead]]:
    """All signed heads but those of the empty tree."""
    found: dict[int, list[LogHead]] = {}
    after = 0
    while heads := list_heads(session, after=after, limit=_CHECKED_AT_ONCE):
        after = heads[-1].id
        for head in heads:
            if head.tree_size:
                found.setdefault(head.tree_size, []).append(head)
    return found


def _in_parts(entries: Iterator[LogEntry]) -> Iterator[list[LogEntry]]:
    part: list[LogEntry] = []
    for entry in entries:
        part.append(entry)
        if len(part) == _CHECKED_AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _is_head_due(session: Session, *, now: datetime) -> bool:
    """Whether the last head is too old, of another key than the one that signs now, or missing."""
    head = find_head(session)
    if head is None or head.signed_at < now - _HEAD_LASTS:
        return True
    active = find_active_key(session, purpose=KeyPurpose.CREDENTIALS)
    return active is not None and active.code != head.key_code


def _crown(session: Session, size: int) -> list[bytes]:
    """The hashes of the peaks of the tree as it is."""
    addresses = peaks(size)
    nodes = read_nodes(session, addresses=addresses)
    return [nodes[address] for address in addresses]


def _hash_of(entry: LogEntry) -> bytes:
    return leaf_hash(leaf_of(kind=entry.kind, bound=entry.commitment, recorded_at=entry.recorded_at))


def _give_positions(session: Session, waiting: Sequence[LogEntry], *, first: int) -> None:
    """One statement for all of them: the order of sequences is the order of positions."""
    numbered = (
        sa.func.unnest(
            sa.cast([entry.sequence for entry in waiting], sa.ARRAY(sa.BigInteger)),
            sa.cast(list(range(first, first + len(waiting))), sa.ARRAY(sa.BigInteger)),
        )
        .table_valued("sequence", "position")
        .render_derived("numbered")
    )
    session.execute(
        sa.update(LogEntry)
        .where(LogEntry.sequence == numbered.c.sequence)
        .values(position=numbered.c.position)
        .execution_options(synchronize_session=False)
    )


def _sign_head(session: Session, *, size: int, root: bytes, seal: Seal, now: datetime) -> None:
    key: SealingKey = present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal, now=now)
    head = TreeHead(origin=origin_of(seal.base_url), tree_size=size, root_hash=root, signed_at=now)
    note = head.note(signature=key.signer.sign(head.text().encode()), public_bytes=key.signer.public_bytes)
    session.add(LogHead(tree_size=size, root_hash=root, signed_at=now, key_code=key.code, note=note))
