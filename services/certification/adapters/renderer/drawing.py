"""From the facts of a certificate to its PDF.

typst refuses a letter that no font can draw where the file must be PDF/A. Such letters are found by its own refusal,
replaced by an empty box, and a line on the sheet says so; the name itself is whole in our records and can be
compared on the verification page. A certificate is never held back by a rare letter.
"""

import json
import re
import threading
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import segno
import typst

from services.certification.adapters.renderer.page import Page
from services.certification.adapters.renderer.words import page_words
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences, write_date

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_BOX = "\u25a1"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_UNDRAWABLE = re.compile('the text `"(.+?)"` could not be displayed', re.DOTALL)
#: One refusal names one run of letters; more different ones than this stand in no name, place and title together.
_MOST_MISSING = 200
#: One compiler keeps the fonts open; it is not made for two threads at once.
_compiling = threading.Lock()


@dataclass(frozen=True)
class RenderedPage:
    """The PDF, and the letters that no font could draw (mostly none)."""

    pdf: bytes
    missing_letters: str


def render(page: Page) -> RenderedPage:
    """The PDF of a certificate: the same facts give the same bytes."""
    missing = ""
    while True:
        try:
            pdf = _compile(_data(_boxed(page, missing), has_boxes=bool(missing)), page.issued_at)
        except typst.TypstError as error:
            letters = _named_by(str(error)) - set(missing)
            if not letters or len(missing) > _MOST_MISSING:
                raise
            missing += "".join(sorted(letters))
        else:
            # A signature that is added to the file later needs the last line to be ended (PDF/A, clause 6.1.9).
            return RenderedPage(pdf=pdf if pdf.endswith(b"\n") else pdf + b"\n", missing_letters=missing)


@cache
def _compiler() -> typst.Compiler:
    fonts = str(resources.files("manimgx_fonts"))
    return typst.Compiler(
        input=str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=[fonts], ignore_system_fonts=True
    )


def _compile(data: dict[str, Any], issued_at: datetime) -> bytes:
    with _compiling:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(issued_at.timestamp()),
        )
    assert isinstance(pdf, bytes)  # a PDF is one file, pictures would be a list of pages
    return pdf


def _named_by(message: str) -> set[str]:
    """The letters that a refusal of typst names; none where it refuses for another reason."""
    found = _UNDRAWABLE.search(message)
    return set(found.group(1)) - {_BOX} if found else set()


def _boxed(page: Page, missing: str) -> Page:
    """The page with a box in the place of each missing letter."""
    boxes = str.maketrans(dict.fromkeys(missing, _BOX))
    return replace(
        page,
        full_name=page.full_name.translate(boxes),
        level_title=page.level_title.translate(boxes),
        carrier=page.carrier.translate(boxes),
        town=page.town.translate(boxes),
        workshops=tuple(replace(workshop, title=workshop.title.translate(boxes)) for workshop in page.workshops),
    )


def _data(page: Page, *, has_boxes: bool) -> dict[str, Any]:
    words = page_words(sentences(PROGRAMME_LANGUAGE), page)
    name = page.full_name
    return {
        "document_title": f"{words['title']}: {page.level_title}",
        "document_description": words["summary"],
        "programme": page.programme,
        "issuer": page.issuer,
        "issued": {"year": page.issued_on.year, "month": page.issued_on.month, "day": page.issued_on.day},
        "words": words,
        "second": _second_language(page),
        "name": name,
        "name_size": _name_size(name),
        "name_language": "ar" if _direction(name) == "rtl" else "de",
        "name_direction": _direction(name),
        "name_note": words["name_note"] if has_boxes else None,
        "level": page.level_title,
        "workshops": [{"title": workshop.title, "units": workshop.units} for workshop in page.workshops],
        "facts": _facts(page, words),
        "qr": segno.make(page.verification_url, error="m").svg_inline(dark="#0f4a44", scale=4, border=1),
        "qr_alt": words["qr_alt"],
        "number_lines": [page.number[:19], page.number[20:]],
        "credential": page.credential,
    }


def _facts(page: Page, words: dict[str, str]) -> list[tuple[str, str]]:
    start, end = write_date(page.starts_on, PROGRAMME_LANGUAGE), write_date(page.ends_on, PROGRAMME_LANGUAGE)
    return [
        (words["carrier"], page.carrier),
        (words["place_and_time"], f"{page.town}, {start} – {end}"),
        (words["issued_by"], page.issuer),
        (words["issued_on"], write_date(page.issued_on, PROGRAMME_LANGUAGE)),
    ]


def _second_language(page: Page) -> dict[str, Any] | None:
    if page.language.startswith(PROGRAMME_LANGUAGE):
        return None
    direction = "rtl" if page.language in _RIGHT_TO_LEFT else "ltr"
    return {"language": page.language, "direction": direction, "words": page_words(sentences(page.language), page)}


def _direction(name: str) -> str:
    """The direction of the first letter that has one."""
    directions = (unicodedata.bidirectional(letter) for letter in name)
    return next(("rtl" if d in ("R", "AL") else "ltr" for d in directions if d in ("L", "R", "AL")), "ltr")


def _name_size(name: str) -> int:
    """Points for the name: long ones are set smaller, so that most stay on one line of 162 mm."""
    return next(points for most, points in ((30, 30), (42, 24), (70, 18), (10_000, 13)) if len(name) <= most)
