"""From the facts of a certificate or pass to its PDF.

A letter that no font can draw is found before anything is set, replaced by an empty box, and a line on the sheet says
so; the name itself is whole in our records and can be compared on the verification page. Nothing is ever held back by
a rare letter.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from services.certification.adapters.renderer.fonts import families_for, missing_letters
from services.certification.adapters.renderer.page import Page, PassPage
from services.certification.adapters.renderer.typesetting import boxed, qr_drawing, set_sheet
from services.certification.adapters.renderer.words import page_words, pass_words, sheet_sentences
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, write_date, write_span

_CERTIFICATE = Path(__file__).parent / "certificate.typ"
_PASS = Path(__file__).parent / "pass.typ"
_TITLE_FONT = "Libertinus Serif"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True)
class RenderedPage:
    """The PDF, and the letters that no font could draw (mostly none)."""

    pdf: bytes
    missing_letters: str


def render(page: Page) -> RenderedPage:
    """The PDF of a certificate, not sealed yet: the same facts give the same bytes."""
    texts = (page.full_name, page.level_title, page.statement, page.carrier, page.town)
    lines = (*(w.title for w in page.workshops), *(r.title for r in page.results))
    pdf, missing = set_sheet(
        _CERTIFICATE,
        data_without=lambda missing: _certificate_data(_boxed_page(page, missing), has_boxes=bool(missing)),
        missing=missing_letters("".join((*texts, *lines))),
        made_at=page.issued_at,
    )
    return RenderedPage(pdf=pdf, missing_letters=missing)


def render_pass(page: PassPage) -> RenderedPage:
    """The PDF of a pass, not sealed yet: the same facts give the same bytes."""
    pdf, missing = set_sheet(
        _PASS,
        data_without=lambda missing: _pass_data(_boxed_pass(page, missing), has_boxes=bool(missing)),
        missing=missing_letters("".join((page.association, page.town, *page.conditions))),
        made_at=page.issued_at,
    )
    return RenderedPage(pdf=pdf, missing_letters=missing)


def _boxed_page(page: Page, missing: str) -> Page:
    return replace(
        page,
        full_name=boxed(page.full_name, missing),
        level_title=boxed(page.level_title, missing),
        statement=boxed(page.statement, missing),
        carrier=boxed(page.carrier, missing),
        town=boxed(page.town, missing),
        workshops=tuple(replace(workshop, title=boxed(workshop.title, missing)) for workshop in page.workshops),
        results=tuple(replace(result, title=boxed(result.title, missing)) for result in page.results),
    )


def _boxed_pass(page: PassPage, missing: str) -> PassPage:
    return replace(
        page,
        association=boxed(page.association, missing),
        town=boxed(page.town, missing),
        conditions=tuple(boxed(condition, missing) for condition in page.conditions),
    )


def _certificate_data(page: Page, *, has_boxes: bool) -> dict[str, Any]:
    words = _spoken(page_words(sheet_sentences(PROGRAMME_LANGUAGE), page), page)
    if page.statement:
        words["completed"] = page.statement
    return {
        **_common_data(page, words, name=page.full_name, language=page.language, has_boxes=has_boxes),
        "document_title": f"{words['title']}: {page.level_title}",
        "issued": {"year": page.issued_on.year, "month": page.issued_on.month, "day": page.issued_on.day},
        "second": _second_language(page.second_language, lambda _: _spoken(page_words(_, page), page)),
        "level": page.level_title,
        "level_size": _level_size(page.level_title),
        "workshops": [{"title": workshop.title, "units": workshop.units} for workshop in page.workshops],
        "results": [{"title": result.title, "value": result.value} for result in page.results],
        "facts": [
            ("carrier", page.carrier),
            ("place_and_time", f"{page.town}, {write_span(page.starts_on, page.ends_on, PROGRAMME_LANGUAGE)}"),
            ("issued_by", page.issuer),
            ("issued_on", _written(page.issued_on)),
        ],
    }


def _spoken(words: dict[str, str], page: Page) -> dict[str, str]:
    """The sentence about attendance only where the template wants the units shown."""
    return words if page.shows_units else words | {"summary": words["passed"]}


def _pass_data(page: PassPage, *, has_boxes: bool) -> dict[str, Any]:
    words = pass_words(sheet_sentences(PROGRAMME_LANGUAGE), page)
    made_on = page.issued_at.date()
    return {
        **_common_data(page, words, name=page.association, language=PROGRAMME_LANGUAGE, has_boxes=has_boxes),
        "document_title": f"{words['title']}: {page.association}",
        "document_description": words["completed"],
        "issued": {"year": made_on.year, "month": made_on.month, "day": made_on.day},
        "second": _second_language(page.second_language, lambda _: pass_words(_, page)),
        "conditions": list(page.conditions),
        "facts": [
            ("valid_from", _written(page.valid_from)),
            ("valid_until", _written(page.valid_until)),
            ("town", page.town),
            ("issued_by", page.issuer),
        ],
    }


def _common_data(
    page: Page | PassPage, words: Mapping[str, str], *, name: str, language: str, has_boxes: bool
) -> dict[str, Any]:
    fonts = families_for(name, language=language)
    return {
        "document_description": words.get("summary", ""),
        "programme": page.programme,
        "issuer": page.issuer,
        "words": words,
        "fonts": fonts,
        "title_fonts": [_TITLE_FONT, *fonts],
        "name": name,
        "name_fonts": [_TITLE_FONT, *fonts],
        "name_size": _name_size(name),
        "name_language": _language_of(name),
        "name_direction": _direction(name),
        "name_note": words["name_note"] if has_boxes else None,
        "address": page.verification_url,
        "qr": qr_drawing(page.verification_url),
        "number_lines": [page.number[:19], page.number[20:]],
        "credential": page.credential,
    }


def _second_language(language: str, words: Any) -> dict[str, Any] | None:
    if not language:
        return None
    return {
        "language": language,
        "direction": "rtl" if language in _RIGHT_TO_LEFT else "ltr",
        "fonts": families_for("", language=language),
        "words": words(sheet_sentences(language)),
    }


def _level_size(title: str) -> int:
    return next(points for most, points in ((22, 28), (36, 21), (90, 15), (10_000, 12)) if len(title) <= most)


def _written(on: date) -> str:
    return write_date(on, PROGRAMME_LANGUAGE)


def _direction(name: str) -> str:
    """The direction of the first letter that has one."""
    directions = (unicodedata.bidirectional(letter) for letter in name)
    return next(("rtl" if d in ("R", "AL") else "ltr" for d in directions if d in ("L", "R", "AL")), "ltr")


def _language_of(name: str) -> str:
    """A guess for the screen reader's voice; German where the letters say nothing."""
    return "ar" if _direction(name) == "rtl" else PROGRAMME_LANGUAGE


def _name_size(name: str) -> int:
    """Points for the name: long ones are set smaller, so that most stay on one line of 170 mm."""
    width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in name)
    return next(points for most, points in ((24, 38), (30, 32), (42, 25), (70, 19), (10_000, 14)) if width <= most)
