"""A badge as SVG: the credential lies in an element of its own (Open Badges 3.0, section 5.3.2.1)."""

from typing import Any
from xml.parsers import expat

from services.certification.adapters.reading.child import Unreadable

EXPECTED = (ValueError, expat.ExpatError, LookupError)

_ELEMENT = "https://purl.imsglobal.org/ob/v3p0 credential"
_OLD_NAMESPACE = "http://openbadges.org "
_MOST_DEPTH = 200


def read(_facts: dict[str, Any], data: bytes) -> dict[str, Any]:
    """{"candidates": [text]} of the credential elements. Raises Unreadable."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.Parse(data, True)
    if reader.is_old and not reader.candidates:
        raise Unreadable("old_badge")
    return {"candidates": reader.candidates}


class _Reader:
    """What has been found so far. A document type is refused: only it can define entities."""

    def __init__(self) -> None:
        self.candidates: list[str] = []
        self.is_old = False
        self._depth = 0
        self._open: list[str] | None = None
        self._open_depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `verify` holds a JWT, else the text between is the JSON."""
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise Unreadable("too_costly")
        self.is_old = self.is_old or name.startswith(_OLD_NAMESPACE)
        if name == _ELEMENT and self._open is None:
            self._open, self._open_depth = [attributes.get("verify", "")], self._depth

    def text(self, text: str) -> None:
        """Text between elements."""
        if self._open is not None:
            self._open.append(text)

    def end(self, _name: str) -> None:
        """An element ends."""
        if self._open is not None and self._depth == self._open_depth:
            verify, *texts = self._open
            text = "".join(texts).strip() or verify
            self.candidates += [text] if text else []
            self._open = None
        self._depth -= 1

    def refuse(self, *_: object) -> None:
        """A document type or an entity."""
        raise Unreadable("too_costly")
