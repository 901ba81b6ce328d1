"""The programme's catalogue: what a level teaches, and what must come before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.enrollment.domain.errors import PrerequisiteMissing


@dataclass(frozen=True)
class LevelFacts:
    """A level as the rules see it. `requires_code` names the level whose certificate must come first."""

    code: str
    title: str
    requires_code: str | None = None
    requires_title: str | None = None


def total_units(units: Sequence[int]) -> int:
    """The teaching units of a whole level, from those of its modules."""
    return sum(units)


def prerequisite_missing(level: LevelFacts, *, certified_codes: Collection[str]) -> bool:
    """Whether the level asks for a certificate that the person does not hold.

    Source: the programme lets a person into the advanced course after the basic one (DOMAIN.md, section 1).
    """
    return level.requires_code is not None and level.requires_code not in certified_codes


def check_prerequisite(level: LevelFacts, *, certified_codes: Collection[str]) -> None:
    """Pass if the person holds a valid certificate of the level before, or raise PrerequisiteMissing."""
    if prerequisite_missing(level, certified_codes=certified_codes):
        raise PrerequisiteMissing(level=level.title, required=level.requires_title or "")
