"""From a typst file and data to a PDF: the one way in which this service sets sheets.

The fonts are opened once per process and shared by all compilers; each file has one compiler. The bytes depend on
nothing but the file, the data, the fonts and the instant.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import segno
import typst

from services.certification.adapters.renderer.fonts import fonts

#: A standard as typst names it; the package tells the names to type checkers only.
PDFStandard = Literal["a-3a", "ua-1"]
#: What takes the place of a letter that no font can draw.
BOX = "\u25a1"
#: For archives and for screen readers at once.
ARCHIVED: tuple[PDFStandard, ...] = ("a-3a", "ua-1")
_UNDRAWABLE = re.compile('the text `"(.+?)"` could not be displayed', re.DOTALL)
#: One refusal names one run of letters; more different ones than this stand in no name, place and title together.
_MOST_MISSING = 200
#: One compiler is not made for two threads at once.
_compiling = threading.Lock()


def set_sheet(
    template: Path,
    *,
    data_without: Callable[[str], Mapping[str, Any]],
    missing: str,
    made_at: datetime,
    standards: tuple[PDFStandard, ...] = ARCHIVED,
) -> tuple[bytes, str]:
    """The PDF of a typst file, and the letters that were left out of it.

    `data_without` gives the data with a box for each of the letters it is handed; they reach the file as
    `sys.inputs.data`. `missing` are the letters known to be missing; typst itself names others that cannot be shaped.
    """
    while True:
        try:
            return _compile(template, data_without(missing), made_at, standards), missing
        except typst.TypstError as error:
            letters = _named_by(str(error)) - set(missing)
            if not letters or len(missing) > _MOST_MISSING:
                raise
            missing += "".join(sorted(letters))


def boxed(text: str, missing: str) -> str:
    """The text with a box in the place of each missing letter."""
    return text.translate({ord(letter): BOX for letter in missing}) if missing else text


def qr_drawing(address: str) -> str:
    """An SVG of the QR code. The mask is a fixed one: readers read each, and trying all takes most of the time."""
    return str(segno.make(address, error="m", mask=2).svg_inline(dark="#0f4a44", scale=4, border=1))


@cache
def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(input=str(template), root=str(template.parent), font_paths=fonts())


def _compile(template: Path, data: Mapping[str, Any], made_at: datetime, standards: tuple[PDFStandard, ...]) -> bytes:
    with _compiling:
        pdf = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=[*standards],
            timestamp=int(made_at.timestamp()),
        )
    assert isinstance(pdf, bytes)  # a PDF is one file, pictures would be a list of pages
    # A seal that is added to the file later needs the last line to be ended (PDF/A, clause 6.1.9).
    return pdf if pdf.endswith(b"\n") else pdf + b"\n"


def _named_by(message: str) -> set[str]:
    """The letters that a refusal of typst names; none where it refuses for another reason."""
    found = _UNDRAWABLE.search(message)
    return set(found.group(1)) - {BOX} if found else set()
