"""Canonical forms at the speed of issuing: what all credentials of an achievement share is worked out once.

Reading a credential through its JSON-LD contexts takes most of the time of signing it, and gives the same statements
every time but for a dozen values. A skeleton holds these statements with gaps; filling the gaps gives the statements
of one credential, which are then canonicalised like any others. `canonical_form` stays as the slow way: it compiles
each skeleton, checks its first use and a sample of the others, and does the documents that fit no skeleton.
"""

import copy
import marshal
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pyoxigraph

from services.certification.adapters.canonical import canonical_form, canonical_lines, statements_of

Path = tuple[str | int, ...]

#: Where credentials of one achievement differ. Everything else is part of what a skeleton is found by, so a path that
#: is missing here costs time and nothing else.
VARYING: tuple[Path, ...] = (
    ("id",),
    ("name",),
    ("validFrom",),
    ("validUntil",),
    ("credentialSubject", "id"),
    ("credentialSubject", "identifier", 0, "identityHash"),
    ("credentialSubject", "identifier", 0, "salt"),
    ("credentialSubject", "activityStartDate"),
    ("credentialSubject", "activityEndDate"),
    *(("credentialSubject", "result", number, "value") for number in range(12)),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListIndex"),
    ("credentialStatus", "statusListCredential"),
    ("created",),
    ("verificationMethod",),
)
#: Drawn anew in each process: nobody can write it into a title.
_GAP = f"x-gap:{secrets.token_hex(8)}:"
_GAPS = re.compile(f'([<"]){_GAP}([0-9]+)[>"]')
#: Addresses that every reader takes as they are. Others go the slow way.
_PLAIN_ADDRESS = re.compile(r"(?:https?://|urn:uuid:|did:web:)[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
#: The last form of marshal that writes equal content as equal bytes; later ones also say which objects are the same.
_PLAIN_MARSHAL = 2
#: How many skeletons are kept: levels times versions that are issued at the same time, with room.
_CAPACITY = 64
#: One in so many canonical forms is compared with that of the slow way.
SAMPLED = 256


class SkeletonBroken(Exception):
    """The fast way gave another canonical form than the slow one: nothing may be signed with it."""


@dataclass(frozen=True)
class Skeleton:
    """Statements that are always the same, and lines with gaps.

    `pieces` has one piece more than `gaps`: the text before, between and after them. Each gap is the number of a
    varying path, and whether an address or a text stands there.
    """

    constant: tuple[pyoxigraph.Quad, ...]
    pieces: tuple[str, ...]
    gaps: tuple[tuple[int, bool], ...]

    def fill(self, values: Mapping[int, str]) -> bytes | None:
        """The canonical form with these values in the gaps, or None where an address among them is not plain."""
        parts = [self.pieces[0]]
        for (number, is_address), piece in zip(self.gaps, self.pieces[1:], strict=True):
            value = values[number]
            if is_address and not _PLAIN_ADDRESS.fullmatch(value):
                return None
            parts.append(f"<{value}>" if is_address else f'"{value.translate(_ESCAPES)}"')
            parts.append(piece)
        lines = "".join(parts).encode()
        return canonical_lines((*self.constant, *pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS)))


class Skeletons:
    """The skeletons of one process, the least used dropped first. Safe to use from several threads."""

    def __init__(self, capacity: int = _CAPACITY, sampled: int = SAMPLED) -> None:
        self._known: OrderedDict[bytes, Skeleton] = OrderedDict()
        self._capacity, self._sampled, self._served = capacity, sampled, 0
        self._lock = Lock()

    def canonical_form(self, document: dict[str, Any]) -> bytes:
        """What `canonical.canonical_form` gives, mostly faster. Raises the same, and SkeletonBroken."""
        values, shape = _take_out(document)
        skeleton, is_checked = self._find(shape)
        if skeleton is None:
            skeleton, is_checked = _compile(document, values), True
        fast = skeleton.fill(values)
        if fast is None:
            return canonical_form(document)
        if is_checked:
            self._keep(shape, skeleton if fast == canonical_form(document) else None)
        return fast

    def _find(self, shape: bytes) -> tuple[Skeleton | None, bool]:
        with self._lock:
            self._served += 1
            skeleton = self._known.get(shape)
            if skeleton is not None:
                self._known.move_to_end(shape)
            return skeleton, self._served % self._sampled == 0

    def _keep(self, shape: bytes, skeleton: Skeleton | None) -> None:
        """Keep a skeleton that has just proved right. Without one, forget the shape and raise SkeletonBroken."""
        with self._lock:
            self._known.pop(shape, None)
            if skeleton is None:
                raise SkeletonBroken("another canonical form")
            self._known[shape] = skeleton
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)


def _take_out(document: dict[str, Any]) -> tuple[dict[int, str], bytes]:
    """The varying texts of a document by the number of their path, and the rest as bytes to find a skeleton by."""
    values: dict[int, str] = {}
    shape = _with_gaps(document, values)
    return values, marshal.dumps(shape, _PLAIN_MARSHAL)


def _with_gaps(document: dict[str, Any], values: dict[int, str]) -> dict[str, Any]:
    copied: dict[str, Any] = dict(document)
    seen: dict[Path, Any] = {(): copied}
    for number, path in enumerate(VARYING):
        value = _at(document, path)
        if isinstance(value, str):
            values[number] = value
            _own_copy(seen, path[:-1])[path[-1]] = f"{_GAP}{number}"
    return copied


def _own_copy(seen: dict[Path, Any], path: Path) -> Any:
    """The container at a path within the copy, copied once so that the document itself stays as it is."""
    if path not in seen:
        parent = _own_copy(seen, path[:-1])
        seen[path] = parent[path[-1]] = copy.copy(parent[path[-1]])
    return seen[path]


def _at(document: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def _compile(document: dict[str, Any], values: Mapping[int, str]) -> Skeleton:
    """Read the document with a mark in each gap and find the marks again. Raises SkeletonBroken where one is lost."""
    lines = statements_of(_with_gaps(document, {})).split("\n")
    constant = "\n".join(line for line in lines if not _GAPS.search(line)).encode()
    text = "\n".join(line for line in lines if _GAPS.search(line))
    pieces, gaps, end = [], [], 0
    for found in _GAPS.finditer(text):
        pieces.append(text[end : found.start()])
        gaps.append((int(found[2]), found[1] == "<"))
        end = found.end()
    pieces.append(text[end:])
    if {number for number, _ in gaps} != set(values):
        raise SkeletonBroken("a gap is lost")
    quads = tuple(pyoxigraph.parse(constant, format=pyoxigraph.RdfFormat.N_QUADS))
    return Skeleton(constant=quads, pieces=tuple(pieces), gaps=tuple(gaps))
