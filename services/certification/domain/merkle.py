"""The arithmetic of an append-only hash tree (RFC 9162, section 2.1): what is hashed, what a proof consists of.

A tree of any size is made of complete subtrees alone. One of 2^level leaves has the address (level, index), where index
counts the subtrees of that level from the left; the leaves themselves are level 0. Once complete, a subtree never
changes: a hash that was stored under its address is stored for ever, and every proof is folded from few of them.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

#: (level, index) of a complete subtree.
Address = tuple[int, int]
#: The complete subtrees that one hash of a proof is folded from, from left to right.
Range = tuple[Address, ...]

#: The root of the tree without leaves.
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def peaks(size: int, *, start: int = 0) -> Range:
    """The complete subtrees that make up `size` leaves from `start` on, the largest first.

    `start` must be a multiple of the largest of them, as it is for every part that a proof asks for.
    """
    found = []
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return tuple(found)


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over neighbouring complete subtrees, the largest first."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def grow(size: int, crown: Sequence[bytes], leaves: Iterable[bytes]) -> tuple[dict[Address, bytes], list[bytes]]:
    """Add leaf hashes to a tree of `size` leaves whose peaks have these hashes.

    The subtrees that became complete, by address, and the hashes of the new peaks.
    """
    made: dict[Address, bytes] = {}
    tops = list(crown)
    for leaf in leaves:
        level, index, digest = 0, size, leaf
        made[level, index] = digest
        while index & 1:
            digest = node_hash(tops.pop(), digest)
            level, index = level + 1, index >> 1
            made[level, index] = digest
        tops.append(digest)
        size += 1
    return made, tops


def inclusion_path(position: int, size: int) -> list[Range]:
    """What the proof that a leaf is in a tree of `size` leaves is folded from, from the leaf upwards (2.1.3.1)."""
    start, end = 0, size
    downwards: list[Range] = []
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            downwards.append(peaks(end - middle, start=middle))
            end = middle
        else:
            downwards.append(peaks(middle - start, start=start))
            start = middle
    return downwards[::-1]


def consistency_path(first: int, second: int) -> list[Range]:
    """What the proof that a tree of `second` leaves goes on from one of `first` leaves is folded from (2.1.4.1)."""
    if not 0 < first < second:
        return []
    start, end = 0, second
    is_left_edge = True
    downwards: list[Range] = []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            downwards.append(peaks(end - middle, start=middle))
            end = middle
        else:
            downwards.append(peaks(middle - start, start=start))
            start, is_left_edge = middle, False
    if not is_left_edge:
        downwards.append(peaks(end - start, start=start))
    return downwards[::-1]


def fold_path(path: Iterable[Range], nodes: Mapping[Address, bytes]) -> list[bytes]:
    """The hashes of a proof. Raises KeyError where a subtree is missing."""
    return [fold([nodes[address] for address in part]) for part in path]


def _split(size: int) -> int:
    """The largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1
