"""The public registers: what an association or a multiplier may publish, and which words there are for it.

Everything is chosen by whoever opens the entry. There is no field for origin or religion, and none for the association
of a multiplier (GDPR Art. 9): languages are those in which advice is offered.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.certification.domain.errors import EntryRefused
from services.certification.domain.geography import REGIONS
from services.certification.domain.text import clean_paragraphs, clean_text

#: Who holds a valid certificate of this level may open an entry as a multiplier.
MULTIPLIER_LEVEL = "multiplikator"

MOST_LANGUAGES = 12
MOST_TOPICS = 12
_NAME_LIMIT = 120
_TOWN_LIMIT = 80
_ABOUT_LIMIT = 600
_CONTACT_LIMIT = 200
_MESSAGE_LIMIT = 2_000

#: Languages that can be chosen (ISO 639), in no order; pages sort them by their names.
LANGUAGES = frozenset(
    [
        "ar",
        "am",
        "bg",
        "bs",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "ha",
        "he",
        "hi",
        "hr",
        "hu",
        "hy",
        "id",
        "it",
        "ja",
        "ka",
        "kmr",
        "ko",
        "ku",
        "lt",
        "lv",
        "mk",
        "ml",
        "mn",
        "ne",
        "nl",
        "no",
        "pa",
        "pl",
        "ps",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "so",
        "sq",
        "sr",
        "sv",
        "sw",
        "ta",
        "te",
        "th",
        "ti",
        "tl",
        "tr",
        "uk",
        "ur",
        "uz",
        "vi",
        "zh",
    ]
)


class Topic(StrEnum):
    """What an association works on, or a multiplier advises about."""

    FOUNDING = "founding"
    LAW = "law"
    CHARITY_STATUS = "charity_status"
    ACCOUNTING = "accounting"
    FUNDING = "funding"
    PROJECTS = "projects"
    VOLUNTEERS = "volunteers"
    PUBLIC_RELATIONS = "public_relations"
    DATA_PROTECTION = "data_protection"
    DIGITAL = "digital"
    NETWORKING = "networking"
    YOUTH = "youth"
    EDUCATION = "education"
    CULTURE = "culture"
    SPORT = "sport"
    WOMEN = "women"
    SENIORS = "seniors"
    ARRIVAL = "arrival"


@dataclass(frozen=True)
class AssociationFacts:
    """What a board publishes of its association; empty texts are left out."""

    website: str
    email: str
    phone: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class MultiplierFacts:
    """What a multiplier publishes."""

    display_name: str
    town: str
    region_codes: tuple[str, ...]
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    about: str
    takes_messages: bool


@dataclass(frozen=True)
class Message:
    """What a stranger writes to a multiplier."""

    sender_name: str
    sender_address: str
    text: str


def check_association_facts(facts: AssociationFacts) -> AssociationFacts:
    """Cleaned, or refused at the field that does not do: EntryRefused, TextRefused."""
    website = facts.website.strip()
    if website and not website.startswith(("https://", "http://")):
        raise EntryRefused(field="website")
    return AssociationFacts(
        website=_line(website, "website", _CONTACT_LIMIT),
        email=_line(facts.email, "email", _CONTACT_LIMIT),
        phone=_line(facts.phone, "phone", _CONTACT_LIMIT),
        languages=_chosen(facts.languages, LANGUAGES, "languages", MOST_LANGUAGES),
        topics=_chosen(facts.topics, frozenset(Topic), "topics", MOST_TOPICS),
    )


def check_multiplier_facts(facts: MultiplierFacts) -> MultiplierFacts:
    """Cleaned, or refused at the field that does not do: EntryRefused, TextRefused."""
    if not facts.region_codes:
        raise EntryRefused(field="region_codes")
    return MultiplierFacts(
        display_name=clean_text(facts.display_name, field="display_name", limit=_NAME_LIMIT),
        town=_line(facts.town, "town", _TOWN_LIMIT),
        region_codes=_chosen(facts.region_codes, frozenset(REGIONS), "region_codes", len(REGIONS)),
        languages=_chosen(facts.languages, LANGUAGES, "languages", MOST_LANGUAGES),
        topics=_chosen(facts.topics, frozenset(Topic), "topics", MOST_TOPICS),
        about=clean_paragraphs(facts.about, field="about", limit=_ABOUT_LIMIT) if facts.about.strip() else "",
        takes_messages=facts.takes_messages,
    )


def check_message(message: Message) -> Message:
    """Cleaned, or refused: TextRefused."""
    return Message(
        sender_name=clean_text(message.sender_name, field="sender_name", limit=_NAME_LIMIT),
        sender_address=clean_text(message.sender_address, field="sender_address", limit=_CONTACT_LIMIT),
        text=clean_paragraphs(message.text, field="message", limit=_MESSAGE_LIMIT),
    )


def _line(value: str, field: str, limit: int) -> str:
    return clean_text(value, field=field, limit=limit) if value.strip() else ""


def _chosen(values: tuple[str, ...], allowed: frozenset[str], field: str, most: int) -> tuple[str, ...]:
    chosen = tuple(sorted(set(values)))
    if len(chosen) > most or not set(chosen) <= allowed:
        raise EntryRefused(field=field)
    return chosen
