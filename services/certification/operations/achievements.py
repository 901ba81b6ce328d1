"""What a level demands, in the words of its template: part of the credential, and a public page."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences
from services.certification.domain import templates
from services.certification.domain.achievement import Alignment, AlignmentTarget, Result, ResultDescription, ResultType
from services.certification.domain.credential import Achievement
from services.certification.domain.documents import SECOND_LANGUAGES
from services.certification.domain.templates import Framework, ShownResult, Wording
from services.certification.queries.programme import get_level
from services.certification.queries.templates import list_newest_templates, wording_of

_TARGETS = {
    Framework.EQF: AlignmentTarget.EQF_LEVEL,
    Framework.DQR: AlignmentTarget.DQR_LEVEL,
    Framework.ESCO: AlignmentTarget.ESCO_SKILL,
}
_FRAMEWORKS = {
    Framework.EQF: "European Qualifications Framework",
    Framework.DQR: "Deutscher Qualifikationsrahmen",
    Framework.ESCO: "ESCO",
}


@dataclass(frozen=True)
class LevelWords:
    """A level as certificates describe it: its name and modules, and the version of the template that counts."""

    code: str
    title: str
    modules: Sequence[dict[str, Any]]
    template_version: int
    wording: Wording

    @property
    def units(self) -> int:
        """The teaching units of all modules."""
        return sum(module["units"] for module in self.modules)


def default_wording() -> Wording:
    """The programme's own words: version 1 of every level."""
    _ = sentences(PROGRAMME_LANGUAGE)
    return Wording(
        title="{level}",
        sheet_text=_("has successfully completed this level of the programme:"),
        description=_("Level of the programme that qualifies migrant associations: %(units)s teaching units.")
        % {"units": "{units}"},
        criteria=_(
            "Enough of these workshops attended (teaching units of 45 minutes), every quiz and assignment passed:"
        ),
        shows_units=True,
        shows_modules=True,
        shown_results=(ShownResult.ATTENDANCE,),
        alignments=(),
        languages=SECOND_LANGUAGES,
    )


def read_achievement(session: Session, *, level_code: str, seal: Seal) -> Achievement:
    """What the level demands today. Raises NotFound."""
    level = get_level(session, code=level_code)
    template = list_newest_templates(session, level_codes=[level.code]).get(level.code)
    words = LevelWords(
        code=level.code,
        title=level.title,
        modules=level.modules,
        template_version=template.version if template else 1,
        wording=wording_of(template) if template else default_wording(),
    )
    return describe_achievement(words, seal=seal)


def describe_achievement(
    words: LevelWords, *, seal: Seal, rubric_results: Sequence[dict[str, Any]] | None = None
) -> Achievement:
    """The achievement of a level. Its version is the template's, with a hash of what that leaves to the level."""
    _ = sentences(PROGRAMME_LANGUAGE)
    url = seal.achievement_url(words.code)
    filled = words.wording.filled(level_title=words.title, units=words.units)
    shown = set(filled.shown_results)
    version = _version(words)
    return Achievement(
        url=url,
        name=filled.title,
        description=filled.description,
        criteria="\n".join([filled.criteria, *_module_lines(words)]),
        code=words.code,
        version=version,
        units_offered=words.units if ShownResult.ATTENDANCE in shown else 0,
        units_title=_("Teaching units attended"),
        image_url=f"{url}/badge.svg",
        image_caption=_("Seal of the level %(level)s") % {"level": words.title},
        alignments=tuple(_alignment(alignment) for alignment in filled.alignments),
        results=_described_results(f"{url}#%s-{version}", shown, rubric_results or ()),
    )


def reached_results(
    words: LevelWords,
    *,
    seal: Seal,
    quizzes_passed: int,
    assignments_accepted: int,
    rubric_results: Sequence[dict[str, Any]] | None,
) -> tuple[Result, ...]:
    """What a person has reached, as far as the template shows it; attendance is the credential's own."""
    url, version = seal.achievement_url(words.code), _version(words)
    values = {ShownResult.QUIZZES: quizzes_passed, ShownResult.ASSIGNMENTS: assignments_accepted}
    results = [
        Result(description_id=f"{url}#{kind.value}-{version}", value=str(values[kind]))
        for kind in values
        if kind in words.wording.shown_results
    ]
    if ShownResult.RUBRICS in words.wording.shown_results:
        results += [
            Result(description_id=f"{url}#rubric{number}-{version}", value=str(result["points"]))
            for number, result in enumerate(rubric_results or (), start=1)
        ]
    return tuple(results)


def _described_results(
    id_form: str, shown: set[ShownResult], rubric_results: Sequence[dict[str, Any]]
) -> tuple[ResultDescription, ...]:
    _ = sentences(PROGRAMME_LANGUAGE)
    names = {ShownResult.QUIZZES: _("Quizzes passed"), ShownResult.ASSIGNMENTS: _("Assignments accepted")}
    described = [
        ResultDescription(id=id_form % kind.value, name=name, type=ResultType.RAW_SCORE, value_min="0")
        for kind, name in names.items()
        if kind in shown
    ]
    if ShownResult.RUBRICS in shown:
        described += [
            ResultDescription(
                id=id_form % f"rubric{number}",
                name=result["title"],
                type=ResultType.RAW_SCORE,
                value_min="0",
                value_max=str(result["points_most"]),
            )
            for number, result in enumerate(rubric_results, start=1)
        ]
    return tuple(described)


def _module_lines(words: LevelWords) -> list[str]:
    if not words.wording.shows_modules:
        return []
    if not words.wording.shows_units:
        return [f"- {module['title']}" for module in words.modules]
    return [f"- {module['title']} ({module['units']})" for module in words.modules]


def _version(words: LevelWords) -> str:
    content = [words.title, [[module["title"], module["units"]] for module in words.modules]]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    return f"{words.template_version}-{digest[:8]}"


def _alignment(alignment: templates.Alignment) -> Alignment:
    return Alignment(
        url=alignment.identifier,
        name=alignment.name,
        target=_TARGETS[alignment.framework],
        framework=_FRAMEWORKS[alignment.framework],
        code=alignment.code,
    )
