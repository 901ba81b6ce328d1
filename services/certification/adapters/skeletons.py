"""Canonical forms at the speed of issuing: what all credentials of an achievement share is worked out once.

Reading a credential through its JSON-LD contexts takes most of the time of signing it, and gives the same statements
every time but for a dozen values. A skeleton holds these statements with gaps. Filling the gaps gives the statements
of one credential; what is left of RDFC-1.0 then is the names of its nodes without an address, by the first of its two
hashes. `canonical_form` stays as the slow way: it compiles each skeleton, checks its first use and a sample of the
others, and does the documents that fit no skeleton or need the second hash.
"""

import copy
import hashlib
import marshal
import re
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pyoxigraph

from services.certification.adapters.canonical import canonical_form, statements_of

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
#: The same by the object that holds them, each after the one that holds it.
_HOLDERS: tuple[tuple[Path, tuple[tuple[int, str], ...]], ...] = tuple(
    (
        holder,
        tuple((number, str(path[-1])) for number, path in enumerate(VARYING) if path[:-1] == holder),
    )
    for holder in dict.fromkeys(path[:-1] for path in VARYING)
)
#: Drawn anew in each process: nobody can write it into a title.
_GAP = f"x-gap:{secrets.token_hex(8)}:"
_MARKS = [f"{_GAP}{number}" for number in range(len(VARYING))]
_GAPS = re.compile(f'([<"]){_GAP}([0-9]+)[>"]')
#: Addresses that every reader takes as they are. Others go the slow way.
_PLAIN_ADDRESS = re.compile(r"(?:https?://|urn:uuid:|did:web:)[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
#: Texts with other signs than these need escapes that nobody here writes. They go the slow way.
_PLAIN_TEXT = re.compile("[^\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
#: The last form of marshal that writes equal content as equal bytes; later ones also say which objects are the same.
_PLAIN_MARSHAL = 2
#: How many skeletons are kept: levels times versions that are issued at the same time, with room.
_CAPACITY = 64
#: One in so many canonical forms is compared with that of the slow way.
SAMPLED = 256


class SkeletonBroken(Exception):
    """The fast way gave another canonical form than the slow one: nothing may be signed with it."""


@dataclass(frozen=True)
class Lines:
    """Statements with places for something: a template, and what stands in each of its places, by number."""

    template: str
    places: tuple[int, ...]

    def fill(self, contents: Sequence[str]) -> list[str]:
        """The sorted statements with these contents, without their line ends."""
        return sorted((self.template % tuple([contents[place] for place in self.places])).split("\n"))


@dataclass(frozen=True)
class Skeleton:
    """The statements of all credentials of one shape.

    `gaps` are the varying paths by number, and whether an address or a text stands there. `nodes` are the nodes without
    an address: of each the statements that mention it, as its hash is made of (section 4.6 of RDFC-1.0); or their hash,
    where they are always the same. In `lines` a place is a gap, or, counted from the last gap on, a node.
    """

    gaps: tuple[tuple[int, bool], ...]
    nodes: tuple[Lines | bytes, ...]
    lines: Lines

    def fill(self, values: Sequence[str | None]) -> bytes | None:
        """The canonical form with these values in the gaps; None where only the slow way can give it."""
        contents: list[str] = []
        for number, is_address in self.gaps:
            content = _written(values[number], is_address=is_address)
            if content is None:
                return None
            contents.append(content)
        hashes = [node if isinstance(node, bytes) else _digest(node.fill(contents)) for node in self.nodes]
        if len(set(hashes)) < len(hashes):
            return None  # Nodes of one hash are told apart by a second one.
        ranks = {digest: rank for rank, digest in enumerate(sorted(hashes))}
        contents.extend(f"_:c14n{ranks[digest]}" for digest in hashes)
        lines = self.lines.fill(contents)
        if len(set(lines)) < len(lines):
            return None  # What is said twice counts once.
        return _text(lines)


def _written(value: str | None, *, is_address: bool) -> str | None:
    """A term as canonical N-Quads write it, or None where that is not plain."""
    if value is None or not (_PLAIN_ADDRESS if is_address else _PLAIN_TEXT).fullmatch(value):
        return None
    return f"<{value}>" if is_address else f'"{value.translate(_ESCAPES)}"'


def _text(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _digest(lines: Iterable[str]) -> bytes:
    return hashlib.sha256(_text(lines)).digest()


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


def _take_out(document: dict[str, Any]) -> tuple[list[str | None], bytes]:
    """The varying texts of a document by the number of their path, and the rest as bytes to find a skeleton by."""
    values, shape = _with_gaps(document)
    return values, marshal.dumps(shape, _PLAIN_MARSHAL)


def _with_gaps(document: dict[str, Any]) -> tuple[list[str | None], dict[str, Any]]:
    """The varying texts, and a copy with marks in their places; what holds none is not copied."""
    values: list[str | None] = [None] * len(VARYING)
    copied = dict(document)
    seen: dict[Path, Any] = {(): copied}
    for holder, places in _HOLDERS:
        found = copied if not holder else _own_copy(seen, holder)
        if not isinstance(found, dict):
            continue
        for number, name in places:
            value = found.get(name)
            if isinstance(value, str):
                values[number] = value
                found[name] = _MARKS[number]
    return values, copied


def _own_copy(seen: dict[Path, Any], path: Path) -> Any:
    """What stands at a path within the copy, copied once so that the document itself stays; None where nothing does."""
    if path not in seen:
        parent, step = _own_copy(seen, path[:-1]), path[-1]
        try:
            seen[path] = parent[step] = copy.copy(parent[step])
        except (KeyError, IndexError, TypeError):
            seen[path] = None
    return seen[path]


def _compile(document: dict[str, Any], values: Sequence[str | None]) -> Skeleton:
    """Read the document with a mark in each gap and find the marks again. Raises SkeletonBroken where one is lost."""
    statements = statements_of(_with_gaps(document)[1])
    gaps = list(dict.fromkeys((int(mark[2]), mark[1] == "<") for mark in _GAPS.finditer(statements)))
    if {number for number, _ in gaps} != {number for number, value in enumerate(values) if value is not None}:
        raise SkeletonBroken("a gap is lost")
    quads = tuple(pyoxigraph.parse(statements.encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    names = list(dict.fromkeys(str(term) for quad in quads for term in quad if isinstance(term, pyoxigraph.BlankNode)))
    marks = {name: f"<{_GAP}{len(VARYING) + number}>" for number, name in enumerate(names)}
    places = {mark: place for place, mark in enumerate([*gaps, *((len(VARYING) + n, True) for n in range(len(names)))])}
    return Skeleton(
        gaps=tuple(gaps),
        nodes=tuple(_mentions(quads, name, places) for name in names),
        lines=_lines([_statement(quad, marks) for quad in quads], places),
    )


def _mentions(quads: Iterable[pyoxigraph.Quad], name: str, places: Mapping[tuple[int, bool], int]) -> Lines | bytes:
    """What the hash of a node is made of, or the hash itself: its statements, where it is `a` and every other `z`."""
    terms = _Names({name: "_:a"})
    statements = [_statement(quad, terms) for quad in quads if name in map(str, quad)]
    lines = _lines(statements, places)
    return lines if lines.places else _digest(sorted(statements))


class _Names(dict[str, str]):
    """Of all other nodes the hash of one knows only that there are some."""

    def __missing__(self, name: str) -> str:
        return "_:z"


def _statement(quad: pyoxigraph.Quad, names: Mapping[str, str]) -> str:
    """A statement as canonical N-Quads write it, without its line end, its nodes named anew."""
    terms = [term for term in quad if not isinstance(term, pyoxigraph.DefaultGraph)]
    return " ".join([*(names[str(t)] if isinstance(t, pyoxigraph.BlankNode) else str(t) for t in terms), "."])


def _lines(statements: Iterable[str], places: Mapping[tuple[int, bool], int]) -> Lines:
    text = "\n".join(statements).replace("%", "%%")
    marks = tuple(places[int(mark[2]), mark[1] == "<"] for mark in _GAPS.finditer(text))
    return Lines(template=_GAPS.sub("%s", text), places=marks)
