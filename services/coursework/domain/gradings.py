"""Gradings: rubric, claim, outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.coursework.domain.errors import FeedbackMissing, RubricIncomplete, SubmissionClaimed
from services.coursework.domain.submissions import SubmissionState

#: How long a trainer holds a submission without saving; every save renews it.
CLAIM_FOR = timedelta(minutes=20)
#: Longest feedback, in characters.
FEEDBACK_LIMIT = 20_000


class Outcome(StrEnum):
    """What a trainer decides about a submission."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


OUTCOME_STATES: dict[Outcome, SubmissionState] = {
    Outcome.ACCEPTED: SubmissionState.ACCEPTED,
    Outcome.RETURNED: SubmissionState.RETURNED,
}


@dataclass(frozen=True)
class RubricLevel:
    """One level of a criterion: what work on this level looks like, and what it earns."""

    key: str
    text: str
    points: int


@dataclass(frozen=True)
class Criterion:
    """One row of a rubric; its levels go from the least to the most points."""

    key: str
    title: str
    description: str
    levels: tuple[RubricLevel, ...]


@dataclass(frozen=True)
class Rubric:
    """What an assignment is judged by."""

    criteria: tuple[Criterion, ...]

    @property
    def max_points(self) -> int:
        """The points that the best work earns."""
        return sum(max(level.points for level in criterion.levels) for criterion in self.criteria)

    def known_choices(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Of what came from a form, only criteria and levels that this rubric has."""
        return {c.key: chosen[c.key] for c in self.criteria if chosen.get(c.key) in {level.key for level in c.levels}}

    def points(self, chosen: Mapping[str, str]) -> int:
        """The sum of the chosen levels' points; a criterion without a choice adds nothing."""
        return sum(level.points for c in self.criteria for level in c.levels if chosen.get(c.key) == level.key)


def read_rubric(values: Mapping[str, Any]) -> Rubric:
    """A rubric from its stored form. Raises KeyError or TypeError on another shape."""
    return Rubric(criteria=tuple(_read_criterion(row) for row in values["criteria"]))


def _read_criterion(row: Mapping[str, Any]) -> Criterion:
    levels = (RubricLevel(key=lv["key"], text=lv["text"], points=lv["points"]) for lv in row["levels"])
    return Criterion(key=row["key"], title=row["title"], description=row.get("description", ""), levels=tuple(levels))


def require_claimable(
    *, grader_id: UUID, claimed_by: UUID | None, claimed_until: datetime | None, now: datetime
) -> None:
    """Raise SubmissionClaimed while another trainer holds the submission."""
    if claimed_by in (None, grader_id) or claimed_until is None or claimed_until <= now:
        return
    raise SubmissionClaimed(claimed_until=claimed_until)


def require_releasable(rubric: Rubric, *, chosen: Mapping[str, str], feedback: str, outcome: Outcome) -> None:
    """Raise RubricIncomplete while a criterion has no level, FeedbackMissing where work goes back without a word."""
    missing = len(rubric.criteria) - len(rubric.known_choices(chosen))
    if missing:
        raise RubricIncomplete(missing=missing)
    if outcome is Outcome.RETURNED and not feedback.strip():
        raise FeedbackMissing
