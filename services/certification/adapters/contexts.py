"""The JSON-LD contexts of our profile, from an installed package: nothing is fetched when signing or verifying.

`openbadgeslib` ships the files as their publishers serve them (decision 0010). A context that it does not ship is
refused, so a document can never bring its own meaning of a term.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from services.certification.domain.credential import BADGES_CONTEXT, CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT

_FILES: Mapping[str, str] = {
    CREDENTIALS_CONTEXT: "credentials-v2.json",
    BADGES_CONTEXT: "ob-v3p0-context-3.0.3.json",
    EXTENSIONS_CONTEXT: "ob-v3p0-extensions.json",
}


class UnknownContext(Exception):
    """A document names a context that is not part of our profile."""


@cache
def load_context(url: str) -> Any:
    """The content of a context's `@context`. Raises UnknownContext."""
    try:
        name = _FILES[url]
    except (KeyError, TypeError) as error:
        raise UnknownContext(str(url)[:200]) from error
    text = (resources.files("openbadgeslib") / "ob3" / "contexts" / name).read_text(encoding="utf-8")
    return json.loads(text)["@context"]
