"""Rubrics, claims and what a decision needs."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.coursework.domain.errors import FeedbackMissing, RubricIncomplete, RulesInvalid, SubmissionClaimed
from services.coursework.domain.gradings import Outcome, read_rubric, require_claimable, require_releasable
from services.coursework.domain.rules import PassingRules
from tests.integration.coursework.content import ASSIGNMENT

RUBRIC = read_rubric({"criteria": ASSIGNMENT["rubric"]})
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ME, OTHER = UUID(int=1), UUID(int=2)
ALL = {"facts": "high", "reason": "low"}


def test_points_are_the_sum_of_the_chosen_levels_and_strange_choices_count_for_nothing() -> None:
    assert RUBRIC.max_points == 5
    assert RUBRIC.points(ALL) == 3
    assert RUBRIC.known_choices({"facts": "high", "reason": "superb", "beauty": "high"}) == {"facts": "high"}


def test_a_decision_needs_a_level_for_every_criterion_and_a_word_where_work_goes_back() -> None:
    require_releasable(RUBRIC, chosen=ALL, feedback="", outcome=Outcome.ACCEPTED)
    with pytest.raises(RubricIncomplete) as refusal:
        require_releasable(RUBRIC, chosen={"facts": "high"}, feedback="", outcome=Outcome.ACCEPTED)
    assert refusal.value.missing == 1
    with pytest.raises(FeedbackMissing):
        require_releasable(RUBRIC, chosen=ALL, feedback="  ", outcome=Outcome.RETURNED)


def test_a_claim_holds_until_it_expires_and_never_against_its_holder() -> None:
    until = NOW + timedelta(minutes=5)
    require_claimable(grader_id=ME, claimed_by=None, claimed_until=None, now=NOW)
    require_claimable(grader_id=ME, claimed_by=ME, claimed_until=until, now=NOW)
    require_claimable(grader_id=ME, claimed_by=OTHER, claimed_until=NOW, now=NOW)
    with pytest.raises(SubmissionClaimed):
        require_claimable(grader_id=ME, claimed_by=OTHER, claimed_until=until, now=NOW)


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (PassingRules(quiz_pass_percent=0), "quiz_pass_percent"),
        (PassingRules(quiz_pass_percent=101), "quiz_pass_percent"),
        (PassingRules(attempts_allowed=0), "attempts_allowed"),
        (PassingRules(attempts_allowed=21), "attempts_allowed"),
    ],
)
def test_rules_have_limits(rules: PassingRules, rule: str) -> None:
    with pytest.raises(RulesInvalid) as refusal:
        rules.check()
    assert refusal.value.rule == rule
