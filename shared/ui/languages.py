"""The languages of the interface: one table for pages, cookies, catalogues and letters."""

from dataclasses import dataclass

from flask_babel import get_locale


@dataclass(frozen=True)
class Language:
    """`code` is for HTML and cookies (BCP 47), `locale` names the catalogue, `name` is in the language itself."""

    code: str
    locale: str
    name: str
    direction: str = "ltr"


LANGUAGES = (
    Language("de", "de", "Deutsch"),
    Language("de-x-einfach", "de@einfach", "Einfache Sprache"),
    Language("en", "en", "English"),
    Language("tr", "tr", "Türkçe"),
    Language("ar", "ar", "العربية", "rtl"),
)

_DEFAULT = LANGUAGES[0]


def language_of(code: str) -> Language | None:
    """The language of a code or a catalogue's name, None if it is none of ours."""
    return next((language for language in LANGUAGES if code in (language.code, language.locale)), None)


def page_language() -> Language:
    """The language of the page that is being built; German where nothing is chosen."""
    return language_of(str(get_locale() or "")) or _DEFAULT


def page_lang() -> str:
    """The value of `<html lang>`."""
    return page_language().code


def page_dir() -> str:
    """The value of `<html dir>`."""
    return page_language().direction
