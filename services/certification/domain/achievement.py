"""What a credential is for: the achievement with its frameworks, results and rubric (Open Badges 3.0, appendix B).

No term is used that only some contents of the context file 3.0.3 know (`inLanguage`): the words are in the language of
the programme, and other languages are told by documents and pages.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Document = dict[str, Any]


class AchievementType(StrEnum):
    """The kinds of achievement that this programme awards, of the standard's list.

    A pass says that an organisation meets conditions: that is the standard's "official approval of an organisation".
    """

    COURSE = "Course"
    CERTIFICATION = "Certification"
    PASS = "QualityAssuranceCredential"


class AlignmentTarget(StrEnum):
    """What an alignment points at, in the words of the standard and of its extension for qualification frameworks."""

    EQF_LEVEL = "ext:EQFLevel"
    DQR_LEVEL = "ext:DQRLevel"
    ESCO_SKILL = "ext:ESCOSkill"
    FRAMEWORK_ITEM = "CFItem"


class ResultType(StrEnum):
    """How a result is expressed."""

    RAW_SCORE = "RawScore"
    PERCENT = "Percent"
    STATUS = "Status"
    RUBRIC_CRITERION_LEVEL = "RubricCriterionLevel"


class ResultStatus(StrEnum):
    """What became of something that is a matter of yes or no."""

    COMPLETED = "Completed"
    FAILED = "Failed"


@dataclass(frozen=True)
class Image:
    """A picture by its address, and what it shows in words."""

    url: str
    caption: str

    def to_document(self) -> Document:
        """The `Image` of the standard."""
        return {"id": self.url, "type": "Image", "caption": self.caption}


@dataclass(frozen=True)
class Alignment:
    """A place in somebody else's framework, by its published identifier."""

    url: str
    name: str
    target: AlignmentTarget
    framework: str
    code: str = ""

    def to_document(self) -> Document:
        """The `Alignment` of the standard."""
        document: Document = {
            "type": ["Alignment"],
            "targetName": self.name,
            "targetUrl": self.url,
            "targetType": self.target.value,
            "targetFramework": self.framework,
        }
        return document | ({"targetCode": self.code} if self.code else {})


@dataclass(frozen=True)
class RubricLevel:
    """One level of one criterion of a rubric."""

    id: str
    name: str
    level: str
    points: str = ""

    def to_document(self) -> Document:
        """The `RubricCriterionLevel` of the standard."""
        document: Document = {
            "id": self.id,
            "type": ["RubricCriterionLevel"],
            "name": self.name,
            "level": self.level,
        }
        return document | ({"points": self.points} if self.points else {})


@dataclass(frozen=True)
class ResultDescription:
    """One thing that is measured: a score with its ends, or a criterion with its levels."""

    id: str
    name: str
    type: ResultType
    value_min: str = ""
    value_max: str = ""
    required_value: str = ""
    required_level: str = ""
    levels: tuple[RubricLevel, ...] = ()

    def to_document(self) -> Document:
        """The `ResultDescription` of the standard."""
        document: Document = {
            "id": self.id,
            "type": ["ResultDescription"],
            "name": self.name,
            "resultType": self.type.value,
        }
        optional = {
            "valueMin": self.value_min,
            "valueMax": self.value_max,
            "requiredValue": self.required_value,
            "requiredLevel": self.required_level,
        }
        document |= {name: value for name, value in optional.items() if value}
        if self.levels:
            document["rubricCriterionLevel"] = [level.to_document() for level in self.levels]
        return document


@dataclass(frozen=True)
class Result:
    """What the holder reached in one of the things that are measured: a value, a level of a rubric, or a status."""

    description_id: str
    value: str = ""
    achieved_level: str = ""
    status: ResultStatus | None = None

    def to_document(self) -> Document:
        """The `Result` of the standard."""
        document: Document = {"type": ["Result"], "resultDescription": self.description_id}
        if self.value:
            document["value"] = self.value
        if self.achieved_level:
            document["achievedLevel"] = self.achieved_level
        if self.status is not None:
            document["status"] = self.status.value
        return document


@dataclass(frozen=True)
class Achievement:
    """What the credential is for, as it was on the day of issue. `version` changes when its content does.

    `units_offered` is 0 where attendance is not part of the achievement. `related` are the addresses of achievements
    that are the same thing in another version or language.
    """

    url: str
    name: str
    description: str
    criteria: str
    code: str
    version: str
    units_offered: int
    units_title: str
    image_url: str
    image_caption: str
    type: AchievementType = AchievementType.COURSE
    field_of_study: str = ""
    tags: tuple[str, ...] = ()
    credits_available: float | None = None
    alignments: tuple[Alignment, ...] = ()
    results: tuple[ResultDescription, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def image(self) -> Image:
        """The seal of the achievement."""
        return Image(url=self.image_url, caption=self.image_caption)

    @property
    def picture(self) -> Image:
        """The same seal as pixels, for wallets that draw no SVG. It has an address of its own: two members of one
        address would be one node of the graph, and what is said twice there could be changed once unseen.
        """
        return Image(url=self.image_url.removesuffix(".svg") + ".png", caption=self.image_caption)

    @property
    def units_result_id(self) -> str:
        """The name of the result that says how many teaching units were attended."""
        return f"{self.url}#units-{self.version}"

    def to_document(self) -> Document:
        """The `Achievement` of the standard. It has no field for hours: they are a raw score and in the criteria."""
        document: Document = {
            "id": self.url,
            "type": ["Achievement"],
            "achievementType": self.type.value,
            "name": self.name,
            "description": self.description,
            "criteria": {"id": self.url, "narrative": self.criteria},
            "humanCode": self.code,
            "version": self.version,
            "image": self.image.to_document(),
        }
        if self.field_of_study:
            document["fieldOfStudy"] = self.field_of_study
        if self.tags:
            document["tag"] = list(self.tags)
        if self.credits_available is not None:
            document["creditsAvailable"] = self.credits_available
        if self.alignments:
            document["alignment"] = [alignment.to_document() for alignment in self.alignments]
        if described := [result.to_document() for result in self._all_results()]:
            document["resultDescription"] = described
        if self.related:
            document["related"] = [{"id": url, "type": ["Related"]} for url in self.related]
        return document

    def _all_results(self) -> tuple[ResultDescription, ...]:
        if not self.units_offered:
            return self.results
        units = ResultDescription(
            id=self.units_result_id,
            name=self.units_title,
            type=ResultType.RAW_SCORE,
            value_min="0",
            value_max=str(self.units_offered),
        )
        return (units, *self.results)
