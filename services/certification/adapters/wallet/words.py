"""The names of claims and credentials in the languages in which wallets show them."""

from collections.abc import Callable, Iterable
from typing import Any

from services.certification.adapters.wording import sentences
from services.certification.domain.wallet_credential import CLAIMS

#: Languages with a tag that wallets know; Einfache Sprache has none that they do.
LOCALES = ("de", "en", "tr", "ar")

_DARK_GREEN, _WHITE = "#0f4a44", "#ffffff"


def claim_words(_: Callable[[str], str]) -> dict[str, str]:
    """What each claim is called; `_` is the translation into the language wanted."""
    return {
        "achievement_title": _("Level"),
        "given_name": _("Given names"),
        "family_name": _("Family name"),
        "name": _("Name on the certificate"),
        "achievement_description": _("What it is about"),
        "learning_outcomes": _("Content of the level"),
        "assessment_grade": _("Result"),
        "expected_study_time": _("Learning time"),
        "level_of_learning_experience": _("Level of the European Qualifications Framework"),
        "language_of_classes": _("Language of the course"),
        "issuing_authority": _("Issued by"),
        "issuing_country": _("Country"),
        "date_of_issuance": _("Issued on"),
        "date_of_expiry": _("Valid until"),
        "certificate_number": _("Number"),
    }


def certificate_name(_: Callable[[str], str], level_title: str) -> str:
    """What the credential is called."""
    return _("Certificate: %(level)s") % {"level": level_title}


def grade(_: Callable[[str], str]) -> str:
    """The result of everybody who has a certificate."""
    return _("Passed")


def described_claims(*, label: str) -> list[dict[str, Any]]:
    """Every claim with its names; `label` is what the reader's standard calls a name."""
    words = {locale: claim_words(sentences(locale)) for locale in LOCALES}
    return [
        {"path": [name], "display": [{label: words[locale][name], "locale": locale} for locale in LOCALES]}
        for name in CLAIMS
    ]


def displays(titles: Iterable[tuple[str, str]], *, logo_url: str) -> list[dict[str, Any]]:
    """How the credential looks in a wallet: (locale, name)."""
    return [
        {
            "name": name,
            "locale": locale,
            "logo": {"uri": logo_url, "alt_text": name},
            "background_color": _DARK_GREEN,
            "text_color": _WHITE,
        }
        for locale, name in titles
    ]
