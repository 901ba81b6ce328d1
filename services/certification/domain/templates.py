"""What a level's certificate says: versioned wording, what is shown, and what it is comparable with.

A version is written as a draft and frozen when it is published. Version 1 of every level is the programme's own
wording, so that nothing has to be set up before the first certificate.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.certification.domain.errors import AlignmentRefused, PlaceholderUnknown
from services.certification.domain.text import clean_paragraphs, clean_text
from shared.kernel.transitions import Transitions

TITLE_LIMIT = 200
TEXT_LIMIT = 2_000

#: What a text may leave open until a certificate is issued: the level's name and its teaching units.
PLACEHOLDERS = ("{level}", "{units}")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


class TemplateState(StrEnum):
    """A draft may change and counts for nothing; a published version never changes."""

    DRAFT = "draft"
    PUBLISHED = "published"


TEMPLATE_TRANSITIONS = Transitions(
    "certificate_template",
    {
        TemplateState.DRAFT: frozenset({TemplateState.PUBLISHED}),
        TemplateState.PUBLISHED: frozenset(),
    },
)


class ShownResult(StrEnum):
    """What of a person's results stands on the certificate."""

    ATTENDANCE = "attendance"
    QUIZZES = "quizzes"
    ASSIGNMENTS = "assignments"
    RUBRICS = "rubrics"


class Framework(StrEnum):
    """What a level can be compared with."""

    EQF = "eqf"  # European Qualifications Framework, levels 1 to 8
    DQR = "dqr"  # Deutscher Qualifikationsrahmen, levels 1 to 8
    ESCO = "esco"  # European Skills, Competences, Qualifications and Occupations: one skill


#: Framework -> the form of its published identifiers. EQF and ESCO publish a URI for each level and skill. The DQR
#: publishes none: there the official address of the framework stands, and the level is the alignment's code.
_IDENTIFIERS: Mapping[Framework, re.Pattern[str]] = {
    Framework.EQF: re.compile(r"http://data\.europa\.eu/snb/eqf/[1-8]"),
    Framework.DQR: re.compile(r"https://www\.dqr\.de/"),
    Framework.ESCO: re.compile(
        r"http://data\.europa\.eu/esco/skill/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    ),
}
_LEVELS = re.compile(r"[1-8]")
_NAMES = {
    Framework.EQF: "Europäischer Qualifikationsrahmen (EQR)",
    Framework.DQR: "Deutscher Qualifikationsrahmen (DQR)",
}


@dataclass(frozen=True)
class Alignment:
    """One thing that a level is comparable with, by its published identifier."""

    framework: Framework
    identifier: str
    #: What it is called within the framework: the level, or the skill's own id.
    code: str
    name: str

    def to_values(self) -> dict[str, str]:
        """As it is stored."""
        return {
            "framework": self.framework.value,
            "identifier": self.identifier,
            "code": self.code,
            "name": self.name,
        }

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> "Alignment":
        """As it was stored."""
        return cls(Framework(values["framework"]), values["identifier"], values["code"], values["name"])


@dataclass(frozen=True)
class Wording:
    """Everything that one version of a template decides."""

    title: str
    sheet_text: str
    description: str
    criteria: str
    shows_units: bool
    shows_modules: bool
    shown_results: tuple[ShownResult, ...]
    alignments: tuple[Alignment, ...]
    languages: tuple[str, ...]

    def filled(self, *, level_title: str, units: int) -> "Wording":
        """The texts with the level's name and its teaching units in their places."""
        values = {"{level}": level_title, "{units}": str(units)}

        def fill(text: str) -> str:
            return _PLACEHOLDER.sub(lambda found: values.get(found.group(), found.group()), text)

        return replace(
            self,
            title=fill(self.title),
            sheet_text=fill(self.sheet_text),
            description=fill(self.description),
            criteria=fill(self.criteria),
        )

    def to_values(self) -> dict[str, Any]:
        """The columns of a version."""
        return {
            "title": self.title,
            "sheet_text": self.sheet_text,
            "description": self.description,
            "criteria": self.criteria,
            "shows_units": self.shows_units,
            "shows_modules": self.shows_modules,
            "shown_results": [result.value for result in self.shown_results],
            "alignments": [alignment.to_values() for alignment in self.alignments],
            "languages": list(self.languages),
        }


def check_wording(wording: Wording) -> Wording:
    """The wording with clean texts.

    Raises TextRefused for a text that must not be signed, PlaceholderUnknown for braces that nothing will fill,
    AlignmentRefused for what is no published identifier.
    """
    for text in (wording.title, wording.sheet_text, wording.description, wording.criteria):
        _check_placeholders(text)
    return replace(
        wording,
        title=clean_text(wording.title, field="title", limit=TITLE_LIMIT),
        sheet_text=clean_text(wording.sheet_text, field="sheet_text", limit=TEXT_LIMIT),
        description=clean_text(wording.description, field="description", limit=TEXT_LIMIT),
        criteria=clean_paragraphs(wording.criteria, field="criteria", limit=TEXT_LIMIT),
    )


def _check_placeholders(text: str) -> None:
    for found in _PLACEHOLDER.findall(text):
        if found not in PLACEHOLDERS:
            raise PlaceholderUnknown(placeholder=found[:60])


def framework_level(framework: Framework, level: int) -> Alignment:
    """A level from 1 to 8 of one of the two qualification frameworks. Raises AlignmentRefused."""
    url = f"http://data.europa.eu/snb/eqf/{level}" if framework is Framework.EQF else "https://www.dqr.de/"
    return check_alignment(Alignment(framework, url, str(level), f"{_NAMES[framework]}: {level}"))


def read_skills(text: str) -> tuple[Alignment, ...]:
    """ESCO skills, one a line: the identifier, then its name. Raises AlignmentRefused, TextRefused."""
    skills: dict[str, Alignment] = {}
    for line in text.splitlines():
        identifier, _, name = line.strip().partition(" ")
        if identifier:
            named = clean_text(name, field="skills", limit=TITLE_LIMIT)
            skill = Alignment(Framework.ESCO, identifier, identifier.rpartition("/")[2], named)
            skills[identifier] = check_alignment(skill)
    return tuple(skills.values())


def check_alignment(alignment: Alignment) -> Alignment:
    """Give an alignment back whose identifier has the form that its publisher gives out, or raise AlignmentRefused."""
    is_level = alignment.framework is Framework.ESCO or _LEVELS.fullmatch(alignment.code)
    if not is_level or not _IDENTIFIERS[alignment.framework].fullmatch(alignment.identifier):
        raise AlignmentRefused(framework=alignment.framework.value, identifier=alignment.identifier[:200])
    return alignment


@dataclass(frozen=True)
class Difference:
    """One field that two versions say differently."""

    field: str
    before: Any
    after: Any


def compare(before: Wording, after: Wording) -> tuple[Difference, ...]:
    """What a version says differently from the one before, in the order of the editor."""
    old, new = before.to_values(), after.to_values()
    return tuple(Difference(field, old[field], new[field]) for field in old if old[field] != new[field])
