"""What the trust log proves: that something is in it, and that it has only grown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.multikey import read_multikey
from services.certification.adapters.seal import Seal
from services.certification.domain.checkpoint import origin_of, verifier_key
from services.certification.domain.errors import ProofRefused
from services.certification.domain.keys import KeyState
from services.certification.domain.log import LogKind, leaf_of
from services.certification.domain.merkle import Range, consistency_path, fold_path, inclusion_path, leaf_hash
from services.certification.models import LogEntry, LogHead
from services.certification.queries import log
from services.certification.queries.certificates import get_certificate
from shared.kernel.errors import NotFound

#: The entry with which a certificate or the credential of a pass begins.
_FIRST_KINDS = (LogKind.CERTIFICATE_ISSUED, LogKind.CERTIFICATE_REISSUED, LogKind.PASS_ISSUED)


@dataclass(frozen=True)
class Inclusion:
    """The proof that an entry is in the log, under a head that we have signed (RFC 9162, section 2.1.3)."""

    kind: LogKind
    position: int
    #: What is hashed as the leaf; it ends with a line feed.
    leaf: str
    leaf_hash: bytes
    #: The hashes that lead from the leaf to the root, the lowest first.
    path: tuple[bytes, ...]
    head: LogHead
    #: With it the entry can be compared with the credential; None where there is none to tell.
    salt: str | None = None


@dataclass(frozen=True)
class LogKey:
    """A key that signs or signed heads, in the form that programs for signed notes take."""

    code: str
    verifier_key: str
    is_active: bool


def get_head(session: Session) -> LogHead:
    """The last signed head. Raises NotFound while none is signed."""
    head = log.find_head(session)
    if head is None:
        raise NotFound(kind="log_head")
    return head


def find_head(session: Session) -> LogHead | None:
    """The last signed head, or None while none is signed."""
    return log.find_head(session)


def list_newest_entries(session: Session, *, limit: int) -> list[LogEntry]:
    """The entries that the tree took in last, the newest first."""
    return log.list_newest_entries(session, limit=limit)


def read_inclusion_of_certificate(session: Session, *, typed_number: str, tree_size: int | None = None) -> Inclusion:
    """The proof about a certificate with its salt, for whoever has the number. Raises NotFound; also while it waits.

    The salt alone tells nothing: what it opens is the credential, which only its holder hands on.
    """
    certificate = get_certificate(session, number=typed_number)
    entry = _first_entry(session, subject_id=certificate.id)
    found = _inclusion(session, entry, head=_head(session, tree_size)) if entry else None
    if found is None:
        raise NotFound(kind="log_entry")
    return replace(found, salt=certificate.log_salt)


def read_inclusion_at(session: Session, *, position: int, tree_size: int | None) -> Inclusion:
    """The proof about the entry at a position, under the last head or the head of a size. Raises NotFound."""
    entry = log.get_entry_at(session, position=position)
    found = _inclusion(session, entry, head=_head(session, tree_size))
    if found is None:
        raise NotFound(kind="log_entry")
    return found


def read_inclusion_of_commitment(session: Session, *, commitment: str) -> Inclusion:
    """The proof about the first entry that binds this. Raises NotFound."""
    found = _inclusion(session, log.get_entry_that_binds(session, commitment=commitment), head=log.find_head(session))
    if found is None:
        raise NotFound(kind="log_entry")
    return found


def read_consistency(session: Session, *, first: int, second: int) -> list[bytes]:
    """The proof that the tree of `second` leaves goes on from that of `first` leaves (RFC 9162, section 2.1.4).

    Raises ProofRefused where the sizes are in no order, or beyond the tree.
    """
    if not 0 < first <= second <= get_head(session).tree_size:
        raise ProofRefused(first=first, second=second)
    return _hashes(session, consistency_path(first, second))


def list_log_entries(session: Session, *, start: int, limit: int) -> list[LogEntry]:
    """Entries from a position on."""
    return log.list_entries(session, start=start, limit=limit)


def list_signed_heads(session: Session, *, after: int, limit: int) -> list[LogHead]:
    """Heads in the order in which they were signed, from the one behind `after` on."""
    return log.list_heads(session, after=after, limit=limit)


def list_log_keys(session: Session, *, seal: Seal) -> list[LogKey]:
    """The keys that heads may be checked with, the oldest first."""
    origin = origin_of(seal.base_url)
    return [
        LogKey(
            code=key.code,
            verifier_key=verifier_key(origin, read_multikey(key.multibase)[1]),
            is_active=key.state is KeyState.ACTIVE,
        )
        for key in log.list_keys_of_heads(session)
    ]


def leaf_text(entry: LogEntry) -> str:
    """What is hashed as the leaf of an entry."""
    return leaf_of(kind=entry.kind, bound=entry.commitment, recorded_at=entry.recorded_at).decode()


def _head(session: Session, tree_size: int | None) -> LogHead:
    return get_head(session) if tree_size is None else log.get_head_of_size(session, tree_size=tree_size)


def _first_entry(session: Session, *, subject_id: UUID) -> LogEntry | None:
    for kind in _FIRST_KINDS:
        entry = log.find_entry(session, kind=kind, subject_id=subject_id)
        if entry is not None:
            return entry
    return None


def _inclusion(session: Session, entry: LogEntry, *, head: LogHead | None) -> Inclusion | None:
    if head is None or entry.position is None or entry.position >= head.tree_size:
        return None
    leaf = leaf_text(entry)
    return Inclusion(
        kind=entry.kind,
        position=entry.position,
        leaf=leaf,
        leaf_hash=leaf_hash(leaf.encode()),
        path=tuple(_hashes(session, inclusion_path(entry.position, head.tree_size))),
        head=head,
    )


def _hashes(session: Session, path: Sequence[Range]) -> list[bytes]:
    """One statement for all subtrees of a proof: about two for each doubling of the tree."""
    nodes = log.read_nodes(session, addresses={address for part in path for address in part})
    return fold_path(path, nodes)
