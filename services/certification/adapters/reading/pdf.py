"""A certificate as PDF: the credential is a file attached to it (PDF 2.0, section 14.13)."""

from io import BytesIO
from typing import Any

from pikepdf import DataDecodingError, ForeignObjectError, PasswordError, Pdf, PdfError

from services.certification.adapters.reading.child import Unreadable

EXPECTED = (
    PdfError,
    PasswordError,
    DataDecodingError,
    ForeignObjectError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    RecursionError,
    OverflowError,
    NotImplementedError,
)

_MOST_ATTACHMENTS = 20
_MOST_BYTES = 256 * 1024


def read(_facts: dict[str, Any], data: bytes) -> dict[str, Any]:
    """{"candidates": [text], "has_seal"} of the attached files that may be credentials. Raises Unreadable."""
    with Pdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
        names = list(pdf.attachments)
        if len(names) > _MOST_ATTACHMENTS:
            raise Unreadable("too_costly")
        texts = [_text_of(pdf.attachments[name].get_file().read_bytes()) for name in names]
    return {"candidates": [text for text in texts if text], "has_seal": b"/ByteRange" in data}


def _text_of(content: bytes) -> str | None:
    """The content where it may be a credential: JSON, or a token in three parts."""
    if len(content) > _MOST_BYTES:
        return None
    try:
        text = content.decode().strip()
    except UnicodeDecodeError:
        return None
    return text if text.startswith("{") or (text.startswith("ey") and text.count(".") >= 2) else None
