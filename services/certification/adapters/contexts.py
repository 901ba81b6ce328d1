"""The JSON-LD contexts of our profile, from an installed package: nothing is fetched when signing or verifying.

`openbadgeslib` ships the files as their publishers serve them (decision 0010). A context that it does not ship is
refused, so a document can never bring its own meaning of a term.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from services.certification.domain.credential import BADGES_CONTEXT, CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT

_FILES: Mapping[str, str] = {
    CREDENTIALS_CONTEXT: "credentials-v2.json",
    BADGES_CONTEXT: "ob-v3p0-context-3.0.3.json",
    EXTENSIONS_CONTEXT: "ob-v3p0-extensions.json",
}


class UnknownContext(Exception):
    """A document names a context that is not part of our profile."""


def load_context(url: object) -> Any:
    """The content of a context's `@context`. Raises UnknownContext, also for a context that stands in the document."""
    if not isinstance(url, str) or url not in _FILES:
        raise UnknownContext(str(url)[:200])
    return _read(_FILES[url])


@cache
def _read(name: str) -> Any:
    return json.loads((context_folder() / name).read_text(encoding="utf-8"))["@context"]


def context_folder() -> Path:
    """Where the files lie. The package is found, not imported: it would bring 17 MB of code that nobody here needs."""
    package = find_spec("openbadgeslib")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "ob3" / "contexts"
