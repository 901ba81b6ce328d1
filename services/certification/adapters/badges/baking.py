"""Putting a signed credential into a picture (Open Badges 3.0, section 5.3), so that one file is seal and proof."""

import struct
import zlib
from xml.sax.saxutils import escape

_KEYWORD = b"openbadgecredential"
_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
#: Length, kind, no content, checksum: how every PNG ends.
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def bake_png(picture: bytes, credential: str) -> bytes:
    """The PNG with the credential in an iTXt chunk before its end: not compressed, in no language."""
    assert picture.endswith(_END)  # we drew it
    content = _KEYWORD + b"\0" + b"\0\0" + b"\0" + b"\0" + credential.encode()
    chunk = b"iTXt" + content
    baked = struct.pack(">I", len(content)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return picture[: -len(_END)] + baked + _END


def bake_svg(picture: bytes, credential: str) -> bytes:
    """The SVG with the credential as text of an element of its own, the last of the drawing."""
    drawing, end, rest = picture.rpartition(b"</svg>")
    assert end  # we drew it
    element = f'<openbadges:credential xmlns:openbadges="{_NAMESPACE}">{escape(credential)}</openbadges:credential>'
    return drawing + element.encode() + end + rest
