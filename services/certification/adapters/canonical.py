"""RDF canonicalisation (RDFC-1.0) of a JSON-LD document under pinned contexts."""

import json
from typing import Any

import pyoxigraph

from services.certification.adapters.contexts import load_context


def canonical_form(document: dict[str, Any]) -> bytes:
    """The sorted canonical N-Quads of a document whose contexts are all pinned ones.

    The parser knows no document loader, so each context's address is replaced by its content. Raises UnknownContext,
    or SyntaxError where the document is no valid JSON-LD.
    """
    inlined = document | {"@context": [load_context(url) for url in document["@context"]]}
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(json.dumps(inlined), format=pyoxigraph.RdfFormat.JSON_LD))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert lines is not None  # without an output file the serializer answers the bytes
    return b"".join(sorted(line + b"\n" for line in lines.split(b"\n") if line))
