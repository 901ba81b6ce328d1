"""Makes the addresses in a plain-text mail clickable."""

import re

from markupsafe import Markup

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def with_links(text: str) -> Markup:
    """The text, escaped, with every http address as a link."""
    parts: list[Markup] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        parts.append(Markup("{}").format(text[end : match.start()]))
        parts.append(Markup('<a href="{0}">{0}</a>').format(match.group()))
        end = match.end()
    parts.append(Markup("{}").format(text[end:]))
    return Markup("").join(parts)
