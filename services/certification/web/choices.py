"""What can be chosen in the registers, in the reader's language."""

from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l

from services.certification.domain.geography import REGIONS
from services.certification.domain.registers import LANGUAGES, Topic
from shared.ui.languages import page_language

TOPICS = {
    Topic.FOUNDING: _l("Founding an association"),
    Topic.LAW: _l("Statutes and association law"),
    Topic.CHARITY_STATUS: _l("Charitable status and taxes"),
    Topic.ACCOUNTING: _l("Accounting"),
    Topic.FUNDING: _l("Funding and applications"),
    Topic.PROJECTS: _l("Project work"),
    Topic.VOLUNTEERS: _l("Volunteers and members"),
    Topic.PUBLIC_RELATIONS: _l("Public relations"),
    Topic.DATA_PROTECTION: _l("Data protection"),
    Topic.DIGITAL: _l("Digital tools"),
    Topic.NETWORKING: _l("Networks and politics"),
    Topic.YOUTH: _l("Children and young people"),
    Topic.EDUCATION: _l("Education and language"),
    Topic.CULTURE: _l("Culture"),
    Topic.SPORT: _l("Sport"),
    Topic.WOMEN: _l("Women"),
    Topic.SENIORS: _l("Older people"),
    Topic.ARRIVAL: _l("Help for people who have just arrived"),
}


def language_options() -> list[tuple[str, str]]:
    """Codes and names of languages, by name."""
    return sorted(((code, language_name(code)) for code in LANGUAGES), key=lambda option: option[1].casefold())


def language_name(code: str) -> str:
    """The name of a language in the reader's language."""
    locale = Locale.parse(page_language().locale.partition("@")[0])
    return str(locale.languages.get(code) or _UNNAMED.get(code) or code)


def language_names(codes: list[str]) -> str:
    """Several names with commas."""
    return _comma().join(sorted(map(language_name, codes), key=str.casefold))


def topic_options() -> list[tuple[str, Any]]:
    """Values and words of topics."""
    return [(topic.value, words) for topic, words in TOPICS.items()]


def topic_names(values: list[str]) -> str:
    """Several topics with commas; one that is no longer offered is left out."""
    return _comma().join(str(TOPICS[Topic(value)]) for value in values if value in set(Topic))


def region_options() -> list[tuple[str, str]]:
    """Codes and names of the regions."""
    return list(REGIONS.items())


def region_names(codes: list[str]) -> str:
    """Several regions with commas."""
    return ", ".join(REGIONS.get(code, code) for code in codes)


def _comma() -> str:
    return "، " if page_language().direction == "rtl" else ", "


#: What the locale data do not name in every language.
_UNNAMED = {"kmr": "Kurmancî", "tl": "Tagalog"}
