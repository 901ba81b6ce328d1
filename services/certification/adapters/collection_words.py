"""The words beside everything that somebody has downloaded at once."""

from collections.abc import Callable


def collection_words(_: Callable[[str], str]) -> dict[str, str]:
    """What stands in README.txt; `_` is the translation into the language wanted."""
    return {
        "title": _("Your certificates"),
        "what": _("Each folder holds one certificate in four forms. At its address everybody can check it."),
        "issued_on": _("issued on %(day)s"),
        "certificate.pdf": _("for printing and for applications, with the seal of the programme"),
        "credential.json": _("the signed credential for other software (Open Badges 3.0)"),
        "credential.jwt": _("the same as a signed token"),
        "badge.png": _("a picture with the signed credential inside, for profiles and websites"),
        "missing": _("Not here yet, because it is still being made. Download everything again in some minutes:"),
        "keep": _("Keep this file. Whoever has it has your name and your results."),
    }
