"""The trust log: entries that wait, entries in the tree, nodes of the tree, signed heads."""

from collections.abc import Collection, Iterator
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.certification.domain.keys import KeyPurpose, KeyState
from services.certification.domain.log import LogKind
from services.certification.domain.merkle import Address
from services.certification.models import LogEntry, LogHead, LogNode, SigningKey
from services.certification.queries.locks import AdvisoryLock
from shared.kernel.errors import NotFound


def has_waiting_entries(session: Session) -> bool:
    """Whether an entry waits for its position."""
    return session.scalar(sa.select(sa.exists().where(LogEntry.position.is_(None)))) or False


def lock_tree(session: Session) -> bool:
    """Whether this transaction alone may grow the tree until it ends; False where another one does."""
    return session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(AdvisoryLock.TRUST_LOG))) or False


def list_waiting_entries(session: Session, *, limit: int) -> list[LogEntry]:
    """Entries without a position, in the order in which they were written."""
    statement = sa.select(LogEntry).where(LogEntry.position.is_(None)).order_by(LogEntry.sequence).limit(limit)
    return list(session.scalars(statement))


def count_leaves(session: Session) -> int:
    """How many leaves the tree has."""
    last = session.scalar(sa.select(sa.func.max(LogEntry.position)))
    return 0 if last is None else last + 1


def find_entry(session: Session, *, kind: LogKind, subject_id: UUID) -> LogEntry | None:
    """The first entry of a kind about a subject, with or without a position."""
    return session.scalars(
        sa.select(LogEntry)
        .where(LogEntry.subject_id == subject_id, LogEntry.kind == kind)
        .order_by(LogEntry.sequence)
        .limit(1)
    ).first()


def get_entry_at(session: Session, *, position: int) -> LogEntry:
    """The entry of a position. Raises NotFound."""
    entry = session.scalars(sa.select(LogEntry).where(LogEntry.position == position)).one_or_none()
    if entry is None:
        raise NotFound(kind="log_entry")
    return entry


def get_entry_that_binds(session: Session, *, commitment: str) -> LogEntry:
    """The first entry of the tree with this commitment. Raises NotFound."""
    entry = session.scalars(
        sa.select(LogEntry)
        .where(LogEntry.commitment == commitment, LogEntry.position.is_not(None))
        .order_by(LogEntry.position)
        .limit(1)
    ).one_or_none()
    if entry is None:
        raise NotFound(kind="log_entry")
    return entry


def list_entries(session: Session, *, start: int, limit: int) -> list[LogEntry]:
    """Entries of the tree from a position on."""
    return list(
        session.scalars(sa.select(LogEntry).where(LogEntry.position >= start).order_by(LogEntry.position).limit(limit))
    )


def list_newest_entries(session: Session, *, limit: int) -> list[LogEntry]:
    """The last entries of the tree, the newest first."""
    statement = sa.select(LogEntry).where(LogEntry.position.is_not(None)).order_by(LogEntry.position.desc())
    return list(session.scalars(statement.limit(limit)))


def read_entries(session: Session) -> Iterator[LogEntry]:
    """All entries of the tree from the first on, in parts, so that a long log fits into memory."""
    statement = sa.select(LogEntry).where(LogEntry.position.is_not(None)).order_by(LogEntry.position)
    yield from session.scalars(statement.execution_options(yield_per=1000))


def read_nodes(session: Session, *, addresses: Collection[Address]) -> dict[Address, bytes]:
    """The hashes of these subtrees; those that are not stored are left out."""
    levels, indices = [level for level, _ in addresses], [index for _, index in addresses]
    wanted = (
        sa.func.unnest(sa.cast(levels, ARRAY(sa.SmallInteger)), sa.cast(indices, ARRAY(sa.BigInteger)))
        .table_valued("level", "index")
        .render_derived("wanted")
    )
    statement = sa.select(LogNode.level, LogNode.index, LogNode.hash).join(
        wanted, sa.and_(LogNode.level == wanted.c.level, LogNode.index == wanted.c.index)
    )
    return {(level, index): digest for level, index, digest in session.execute(statement)}


def count_nodes(session: Session) -> int:
    """How many subtrees are stored."""
    return session.scalar(sa.select(sa.func.count()).select_from(LogNode)) or 0


def find_head(session: Session) -> LogHead | None:
    """The last head that was signed."""
    return session.scalars(sa.select(LogHead).order_by(LogHead.id.desc()).limit(1)).first()


def get_head_of_size(session: Session, *, tree_size: int) -> LogHead:
    """The last head over that many leaves. Raises NotFound."""
    head = session.scalars(
        sa.select(LogHead).where(LogHead.tree_size == tree_size).order_by(LogHead.id.desc()).limit(1)
    ).one_or_none()
    if head is None:
        raise NotFound(kind="log_head")
    return head


def list_keys_of_heads(session: Session) -> list[SigningKey]:
    """The keys that sign heads or have signed them and are still trusted, the oldest first."""
    return list(
        session.scalars(
            sa.select(SigningKey)
            .where(SigningKey.purpose == KeyPurpose.CREDENTIALS, SigningKey.state != KeyState.REVOKED)
            .order_by(SigningKey.added_at, SigningKey.code)
        )
    )


def list_heads(session: Session, *, after: int, limit: int) -> list[LogHead]:
    """Heads in the order in which they were signed, from the one behind `after` on."""
    return list(session.scalars(sa.select(LogHead).where(LogHead.id > after).order_by(LogHead.id).limit(limit)))
