"""Looking inside files of strangers: is it what it says, is it harmless, and what of it may be kept.

What comes out is never the file that came in: images are drawn anew, PDF and Word files are written again without
metadata, scripts and attachments. The library calls that may fail on hostile bytes are all in this one module.
"""

import hashlib
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import filetype
import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

from services.coursework.domain.uploads import IMAGE_TYPES, FileType, RefusalReason

#: Pixels of the largest picture that is opened: 50 megapixels, more than any phone takes, 200 MB in memory.
_PIXELS_LIMIT = 50_000_000
#: Longer edges are scaled down to this; a printed A4 page at 300 dpi has 3508.
_EDGE_LIMIT = 3600
_PAGES_LIMIT = 300
_ZIP_ENTRIES_LIMIT = 2_000
_ZIP_BYTES_LIMIT = 150 * 1024 * 1024
_CORE_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_PILLOW_FORMATS = {FileType.JPEG: "JPEG", FileType.PNG: "PNG", FileType.WEBP: "WEBP"}
_GUESSES = {
    FileType.PDF: {"pdf"},
    FileType.JPEG: {"jpg"},
    FileType.PNG: {"png"},
    FileType.WEBP: {"webp"},
    # A Word file is a ZIP archive; how far a guess from its first bytes gets depends on the order inside.
    FileType.DOCX: {"docx", "zip"},
}
#: Names of a PDF's catalogue and pages that run something, or carry other files.
_PDF_ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/Collection", "/Metadata", "/PieceInfo")


class FileRefused(Exception):
    """The file is not taken, for this reason."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class CheckedFile:
    """The cleaned copy and its SHA-256."""

    data: bytes
    sha256: str


def inspect(data: bytes, *, file_type: FileType) -> CheckedFile:
    """The cleaned copy of a file that says it is of that type, or FileRefused."""
    guess = filetype.guess_extension(data[:8192])
    if guess not in _GUESSES[file_type]:
        raise FileRefused(RefusalReason.TYPE_DIFFERS)
    if file_type is FileType.PDF:
        clean = _clean_pdf(data)
    elif file_type in IMAGE_TYPES:
        clean = _clean_image(data, file_type=file_type)
    else:
        clean = _clean_docx(data)
    return CheckedFile(data=clean, sha256=hashlib.sha256(clean).hexdigest())


def _clean_image(data: bytes, *, file_type: FileType) -> bytes:
    """The picture drawn anew: upright, not larger than a printed page, without camera, place or owner."""
    wanted = _PILLOW_FORMATS[file_type]
    try:
        with Image.open(io.BytesIO(data), formats=[wanted]) as picture:
            if picture.width * picture.height > _PIXELS_LIMIT:
                raise FileRefused(RefusalReason.TOO_BIG_INSIDE)
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((_EDGE_LIMIT, _EDGE_LIMIT))
            return _encode(upright, wanted)
    except Image.DecompressionBombError as error:
        raise FileRefused(RefusalReason.TOO_BIG_INSIDE) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
        zlib.error,
        Image.DecompressionBombWarning,
    ) as error:
        raise FileRefused(RefusalReason.DAMAGED) from error


def _encode(picture: Image.Image, wanted: str) -> bytes:
    """The pixels alone; `info`, where Pillow keeps what it read besides, stays behind."""
    mode = "RGB" if wanted == "JPEG" or picture.mode not in ("L", "LA", "RGB", "RGBA", "P") else picture.mode
    plain = picture.convert("RGBA") if mode == "P" else picture.convert(mode)
    plain.info.clear()
    buffer = io.BytesIO()
    options: dict[str, Any] = {"quality": 85} if wanted in ("JPEG", "WEBP") else {"optimize": False}
    plain.save(buffer, format=wanted, **options)
    return buffer.getvalue()


def _clean_pdf(data: bytes) -> bytes:
    """The document written again without scripts, attachments, forms and metadata."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as document:
            if document.is_encrypted:
                raise FileRefused(RefusalReason.ENCRYPTED)
            if not 0 < len(document.pages) <= _PAGES_LIMIT:
                raise FileRefused(RefusalReason.TOO_BIG_INSIDE)
            _disarm(document)
            buffer = io.BytesIO()
            document.remove_unreferenced_resources()
            document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
            return buffer.getvalue()
    except pikepdf.PasswordError as error:
        raise FileRefused(RefusalReason.ENCRYPTED) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise FileRefused(RefusalReason.DAMAGED) from error


def _disarm(document: pikepdf.Pdf) -> None:
    root = document.Root
    for name in _PDF_ACTIVE:
        if name in root:
            del root[name]
    names = root.get("/Names")
    for name in ("/JavaScript", "/EmbeddedFiles"):
        if names is not None and name in names:
            del names[name]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for page in document.pages:
        _disarm_page(page)


def _disarm_page(page: pikepdf.Page) -> None:
    for name in ("/AA", "/Metadata", "/PieceInfo"):
        if name in page.obj:
            del page.obj[name]
    for annotation in page.obj.get("/Annots", []):
        action = annotation.get("/A")
        kind = action.get("/S") if isinstance(action, pikepdf.Dictionary) else None
        if kind in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/Rendition"):
            del annotation["/A"]
        if "/AA" in annotation:
            del annotation["/AA"]


def _clean_docx(data: bytes) -> bytes:
    """The archive packed again: no macros, no owner's name; refused where unpacking it would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _require_sane(entries)
            return _repack(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, struct.error) as error:
        raise FileRefused(RefusalReason.DAMAGED) from error
    except RuntimeError as error:  # zipfile's answer to an encrypted entry.
        raise FileRefused(RefusalReason.ENCRYPTED) from error


def _require_sane(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > _ZIP_ENTRIES_LIMIT or sum(entry.file_size for entry in entries) > _ZIP_BYTES_LIMIT:
        raise FileRefused(RefusalReason.TOO_BIG_INSIDE)
    if not {"[Content_Types].xml", "word/document.xml"} <= set(names):
        raise FileRefused(RefusalReason.TYPE_DIFFERS)
    if len(set(names)) != len(names) or any(n.startswith("/") or ".." in n.split("/") for n in names):
        raise FileRefused(RefusalReason.DAMAGED)
    if any("vba" in name.lower() or name.lower().endswith((".bin", ".exe", ".js", ".dll")) for name in names):
        raise FileRefused(RefusalReason.HAS_MACROS)


def _repack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as clean:
        for entry in entries:
            content = _CORE_PROPERTIES if entry.filename == "docProps/core.xml" else archive.read(entry)
            if entry.filename == "[Content_Types].xml" and b"macroEnabled" in content:
                raise FileRefused(RefusalReason.HAS_MACROS)
            # A fixed date, so that the same file gives the same bytes and with them the same key.
            clean.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
