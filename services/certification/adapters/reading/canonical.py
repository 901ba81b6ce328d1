"""The digests of canonical forms under contexts that the documents may bring themselves.

Only for test credentials and presentations: whoever brings a context brings the meaning of its terms, which says
nothing about certificates of ours. A graph can be made so that its canonical form takes for ever: hence the process.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from services.certification.adapters.canonical import NotCanonical, canonical_form
from services.certification.adapters.contexts import UnknownContext, context_folder, load_context
from services.certification.domain.credential import CONTEXTS

EXPECTED = (NotCanonical, UnknownContext, ValueError, TypeError, KeyError, RecursionError)

_MORE_FILES: Mapping[str, str] = {
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-context-3.0.1.json",
}
#: The context of the standard's own examples is one line.
_EXAMPLES: dict[str, Any] = {
    "https://www.w3.org/ns/credentials/examples/v2": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
}
#: Read now: once confined, this process can open no file.
_KNOWN: Mapping[str, Any] = (
    {url: load_context(url) for url in CONTEXTS}
    | {
        url: json.loads((context_folder() / name).read_text(encoding="utf-8"))["@context"]
        for url, name in _MORE_FILES.items()
    }
    | _EXAMPLES
)


def read(_facts: dict[str, Any], data: bytes) -> dict[str, Any]:
    """{"digests": […]}: for each document of a list the SHA-256 of its canonical form, in hexadecimal."""
    forms = (canonical_form(_with_contexts(document), load=_load) for document in json.loads(data))
    return {"digests": [hashlib.sha256(form).hexdigest() for form in forms]}


def _with_contexts(value: Any) -> Any:
    """The same document with the content of every named context: credentials in a presentation have their own."""
    if isinstance(value, list):
        return [_with_contexts(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _contexts(one) if name == "@context" else _with_contexts(one) for name, one in value.items()}


def _contexts(value: Any) -> Any:
    return [_load(one) for one in value] if isinstance(value, list) else _load(value)


def _load(context: object) -> Any:
    """Others, the standard's own samples too, bring a whole context document where a context belongs: it is opened."""
    if isinstance(context, dict):
        return context.get("@context", context)
    if isinstance(context, str) and context in _KNOWN:
        return _KNOWN[context]
    raise UnknownContext(str(context)[:200])
