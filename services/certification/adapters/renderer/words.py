"""The words on the sheet, in one language."""

from collections.abc import Callable

from services.certification.adapters.renderer.page import Page


def page_words(_: Callable[[str], str], page: Page) -> dict[str, str]:
    """Every sentence of the sheet; `_` is the translation into the language wanted."""
    return {
        "title": _("Certificate"),
        "certifies": _("This certifies that"),
        "completed": _("has successfully completed this level of the programme:"),
        "summary": _(
            "%(attended)s of %(offered)s teaching units of 45 minutes were attended. "
            "All quizzes and assignments of the level were passed."
        )
        % {"attended": page.units_attended, "offered": page.units_offered},
        "workshops_heading": _("Content of the level"),
        "workshop": _("Workshop"),
        "units": _("Units"),
        "carrier": _("Carrier of the course"),
        "place_and_time": _("Place and time"),
        "issued_by": _("Issued by"),
        "issued_on": _("Issued on"),
        "check": _("Is this certificate genuine?"),
        "check_how": _("Scan the code, or type this number at %(address)s")
        % {"address": page.verification_url.rsplit("/", 1)[0]},
        "qr_alt": _("QR code that opens the verification page %(address)s") % {"address": page.verification_url},
        "attached": _("The signed credential is attached to this file, for software that reads Open Badges 3.0."),
        "attachment": _("The signed credential (Open Badges 3.0, JSON-LD)"),
        "name_note": _(
            "An empty box stands for a letter that this document cannot show. Our records hold the full name."
        ),
    }
