"""A badge as PNG: the credential lies in an iTXt chunk (Open Badges 3.0, section 5.3.1.1; 2.0: another keyword)."""

import struct
import zlib
from collections.abc import Iterator
from typing import Any

from services.certification.adapters.reading.child import Unreadable

EXPECTED = (ValueError, struct.error, zlib.error, IndexError)

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORDS = {b"openbadgecredential": "badge", b"openbadges": "old_badge"}
_MOST_CHUNKS = 5_000
_MOST_TEXT = 256 * 1024


def read(_facts: dict[str, Any], data: bytes) -> dict[str, Any]:
    """{"candidates": [text]} of the badge's chunks. Raises Unreadable."""
    found = [_text_of(content) for kind, content in _chunks(data) if kind == b"iTXt"]
    named = [entry for entry in found if entry is not None]
    if any(keyword == "old_badge" for keyword, _ in named) and not any(keyword == "badge" for keyword, _ in named):
        raise Unreadable("old_badge")
    return {"candidates": [text for keyword, text in named if keyword == "badge"]}


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(_SIGNATURE):
        raise Unreadable("damaged")
    at = len(_SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + length]
        if len(content) != length:
            raise Unreadable("damaged")
        (checksum,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        if zlib.crc32(kind + content) != checksum:
            raise Unreadable("damaged")
        yield kind, content
        if kind == b"IEND":
            return
        at += 12 + length
    raise Unreadable("damaged")


def _text_of(content: bytes) -> tuple[str, str] | None:
    keyword, _, rest = content.partition(b"\0")
    if keyword not in _KEYWORDS:
        return None
    is_packed, rest = rest[0] == 1, rest[2:]
    _, _, rest = rest.partition(b"\0")  # the language
    _, _, text = rest.partition(b"\0")  # the keyword in that language
    return _KEYWORDS[keyword], (_unpacked(text) if is_packed else text).decode()


def _unpacked(packed: bytes) -> bytes:
    text = zlib.decompressobj().decompress(packed, _MOST_TEXT + 1)
    if len(text) > _MOST_TEXT:
        raise Unreadable("too_costly")
    return text
