"""The words on the sheets, in one language.

German, Turkish, Arabic and English are the languages of the platform and come from its catalogues. A sheet can speak
more languages than the platform: their few sentences stand in `languages/`, one JSON file each.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from services.certification.adapters.renderer.page import Page, PassPage, SealNote
from services.certification.adapters.wording import sentences

Translation = Callable[[str], str]

_OWN = Path(__file__).parent / "languages"


@cache
def sheet_sentences(language: str) -> Translation:
    """The translation of the sheets' English source sentences into a language."""
    path = _OWN / f"{language}.json"
    if not path.exists():
        return sentences(language)
    own: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return lambda source: own.get(source, source)


def page_words(_: Translation, page: Page) -> dict[str, str]:
    """Every sentence of a certificate's sheet; `_` is the translation into the language wanted."""
    return {
        **_common_words(_, address=page.verification_url, seal=page.seal),
        "title": _("Certificate"),
        "certifies": _("This certifies that"),
        "completed": _("has successfully completed this level of the programme:"),
        "summary": _(
            "%(attended)s of %(offered)s teaching units of 45 minutes were attended. "
            "All quizzes and assignments of the level were passed."
        )
        % {"attended": page.units_attended, "offered": page.units_offered},
        "passed": _("All quizzes and assignments of the level were passed."),
        "workshops_heading": _("Content of the level"),
        "workshop": _("Workshop"),
        "units": _("Units"),
        "results_heading": _("Results"),
        "carrier": _("Carrier of the course"),
        "place_and_time": _("Place and time"),
        "check": _("Is this certificate genuine?"),
        "name_note": _(
            "An empty box stands for a letter that this document cannot show. Our records hold the full name."
        ),
    }


def pass_words(_: Translation, page: PassPage) -> dict[str, str]:
    """Every sentence of a pass's sheet."""
    return {
        **_common_words(_, address=page.verification_url, seal=page.seal),
        "title": _("MEMO-Pass"),
        "certifies": _("This certifies that the association"),
        "completed": _("meets the conditions of the pass. It works with people who were trained in the programme."),
        "conditions": _("Conditions"),
        "town": _("Town"),
        "valid_from": _("Valid from"),
        "valid_until": _("Valid until"),
        "check": _("Is this pass genuine?"),
        "name_note": _(
            "An empty box stands for a letter that this document cannot show. Our records hold the full name."
        ),
    }


def seal_field_label(_: Translation) -> str:
    """What a screen reader says of the field that holds the seal."""
    return _("Electronic seal of the programme")


def timestamp_field_label(_: Translation) -> str:
    """What a screen reader says of the field that holds a timestamp."""
    return _("Electronic timestamp")


def _common_words(_: Translation, *, address: str, seal: SealNote | None) -> dict[str, str]:
    return {
        "issued_by": _("Issued by"),
        "issued_on": _("Issued on"),
        "number": _("Number"),
        "check_how": _("Scan the code, or type the number at %(address)s") % {"address": address.rsplit("/", 1)[0]},
        "qr_alt": _("QR code that opens the verification page %(address)s") % {"address": address},
        "attached": _("The signed credential is attached to this file, for software that reads Open Badges 3.0."),
        "attachment": _("The signed credential (Open Badges 3.0, JSON-LD)"),
        "sealed": _sealed(_, seal),
    }


def _sealed(_: Translation, seal: SealNote | None) -> str:
    if seal is None:
        return ""
    if seal.is_demonstration:
        return _("Electronically sealed by %(subject)s (demonstration key, not qualified).") % {"subject": seal.subject}
    return _("Electronically sealed by %(subject)s. The certificate of the seal was issued by %(issuer)s.") % {
        "subject": seal.subject,
        "issuer": seal.issuer,
    }
