"""The sheet of a person who does not exist, so that the office sees a template before it counts."""

from datetime import datetime

from services.certification.adapters.renderer_apart import set_apart
from services.certification.adapters.seal import Seal
from services.certification.domain.templates import ShownResult
from services.certification.operations.templates import TemplatePreview
from shared.kernel.clock import programme_date

_NAME = "Şükrü Beispiel-Αθανασίου"
_NUMBER = "2222-2222-2222-2222-2222-2222-2222"


def render_sample(preview: TemplatePreview, *, seal: Seal, now: datetime) -> bytes:
    """A PDF without seal and credential: it proves nothing, and its number leads nowhere. Raises SheetNotMade."""
    words, wording = preview.words, preview.wording
    today = programme_date(now)
    shown = set(wording.shown_results)
    modules = words.modules if wording.shows_modules else []
    return set_apart(
        "sample",
        {
            "number": _NUMBER,
            "full_name": _NAME,
            "language": "de",
            "second_language": wording.languages[0] if wording.languages else "",
            "programme": seal.programme_name,
            "issuer": seal.issuer.name,
            "level_title": wording.title,
            "statement": wording.sheet_text,
            "workshops": [{"title": module["title"], "units": module["units"]} for module in modules],
            "results": [{"title": "Beispielaufgabe", "value": "9 / 12"}] if ShownResult.RUBRICS in shown else [],
            "units_attended": words.units,
            "units_offered": words.units,
            "shows_units": wording.shows_units,
            "carrier": "Muster-Träger e. V.",
            "town": "Musterstadt",
            "starts_on": today,
            "ends_on": today,
            "issued_on": today,
            "issued_at": now,
            "verification_url": seal.verification_url(_NUMBER),
            "credential": "{}",
        },
    )
