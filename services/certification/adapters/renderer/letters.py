"""`python -m …renderer.letters`: covering letters, one page for each person; facts come as JSON on standard input."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from services.certification.adapters.renderer.fonts import families_for, missing_letters
from services.certification.adapters.renderer.typesetting import boxed, qr_drawing, set_sheet
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences, write_date

_SHEET = Path(__file__).parent / "letters.typ"


def set_letters(values: dict[str, Any]) -> bytes:
    """The PDF of all letters: names in every script, a box for a letter that no font has."""
    made_at = datetime.fromisoformat(values["made_at"])
    texts = "".join(letter["name"] + letter["level"] for letter in values["letters"])
    pdf, _ = set_sheet(
        _SHEET,
        data_without=lambda missing: _data(values, missing, made_at=made_at),
        missing=missing_letters(texts),
        made_at=made_at,
    )
    return pdf


def _data(values: dict[str, Any], missing: str, *, made_at: datetime) -> dict[str, Any]:
    _ = sentences(PROGRAMME_LANGUAGE)
    return {
        "issuer": values["issuer"],
        "programme": values["programme"],
        "title": _("Letters with certificates"),
        "date": write_date(made_at.date(), PROGRAMME_LANGUAGE),
        "day": {"year": made_at.year, "month": made_at.month, "day": made_at.day},
        "congratulations": _("Congratulations!"),
        "check": _("Whoever scans this code sees whether the certificate is genuine:"),
        "regards": _("With kind regards"),
        "letters": [_letter(letter, missing) for letter in values["letters"]],
    }


def _letter(letter: dict[str, str], missing: str) -> dict[str, Any]:
    _ = sentences(PROGRAMME_LANGUAGE)
    name, level = boxed(letter["name"], missing), boxed(letter["level"], missing)
    text = _("You have completed the level “%(level)s”. Your certificate comes with this letter.") % {"level": level}
    return {
        "name": name,
        "fonts": families_for(name, language=letter["language"]),
        "text": text,
        "number": letter["number"],
        "address": letter["address"],
        "qr": qr_drawing(letter["address"]),
        "qr_alt": _("QR code that opens the verification page %(address)s") % {"address": letter["address"]},
    }


if __name__ == "__main__":
    sys.stdout.buffer.write(set_letters(json.load(sys.stdin)))
