"""RDF canonicalisation (RDFC-1.0) of a JSON-LD document under pinned contexts."""

import json
from collections.abc import Callable
from typing import Any

import pyoxigraph

from services.certification.adapters.contexts import load_context

#: What no context defines gets an address of this scheme, instead of vanishing from what is signed.
_UNDEFINED = "x-undefined:"
_LAST_CONTEXT = {"@vocab": _UNDEFINED}
_BASE = f"{_UNDEFINED}//base/"
_MARK = f"<{_UNDEFINED}".encode()


class NotCanonical(Exception):
    """A document has no canonical form that says all it says: it is no JSON-LD, or holds terms that nobody defined."""


def canonical_form(document: dict[str, Any], *, load: Callable[[object], Any] = load_context) -> bytes:
    """The sorted canonical N-Quads of a document whose contexts are all pinned ones.

    The parser knows no document loader, so each context's address is replaced by its content. A term that no context
    defines and an address that is not whole would be dropped without a word (JSON-LD 1.1 API, section 5.1): here they
    are refused. Raises UnknownContext and NotCanonical.
    """
    return canonical_lines(_quads_of(document, load))


def canonical_lines(quads: Any) -> bytes:
    """The sorted canonical N-Quads of statements, blank nodes renamed as RDFC-1.0 says."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert lines is not None  # without an output file the serializer answers the bytes
    return b"".join(sorted(line + b"\n" for line in lines.split(b"\n") if line))


def statements_of(document: dict[str, Any]) -> str:
    """The N-Quads of a document as they come, not canonical. Raises UnknownContext and NotCanonical."""
    lines = pyoxigraph.serialize(_quads_of(document, load_context), format=pyoxigraph.RdfFormat.N_QUADS)
    assert lines is not None
    return lines.decode()


def _quads_of(document: dict[str, Any], load: Callable[[object], Any]) -> list[pyoxigraph.Quad]:
    contexts = document.get("@context")
    if not isinstance(contexts, list):
        raise NotCanonical("contexts")
    inlined = document | {"@context": [*(load(context) for context in contexts), _LAST_CONTEXT]}
    try:
        quads = list(pyoxigraph.parse(json.dumps(inlined), format=pyoxigraph.RdfFormat.JSON_LD, base_iri=_BASE))
    except (SyntaxError, ValueError, RecursionError) as error:
        raise NotCanonical("json_ld") from error
    if any(_MARK in str(quad).encode() for quad in quads):
        raise NotCanonical("undefined_term")
    return quads
