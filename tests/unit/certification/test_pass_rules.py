"""What makes a pass: conditions, grace, reminders, renewal, rules that make sense."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.certification.domain.errors import PassNotRenewable, PassRuleRefused
from services.certification.domain.passes import (
    DEFAULT_RULE,
    IN_FORCE,
    PASS_TRANSITIONS,
    PassState,
    Weighed,
    check_rule,
    counts_from,
    reminder_due,
    renewal_start,
    rule_differences,
    standing,
    valid_until,
    weigh,
)

TODAY = date(2026, 11, 23)
AWARDED, SUSPENDED, ENDED = (Weighed(state) for state in (PassState.AWARDED, PassState.SUSPENDED, PassState.ENDED))


def grace(days: int) -> Weighed:
    return Weighed(PassState.GRACE, grace_until=TODAY + timedelta(days=days))


def test_a_pass_needs_two_members_with_both_levels_each() -> None:
    ayse, maria, ivan = uuid4(), uuid4(), uuid4()
    both = frozenset({"grundkurs", "aufbaukurs"})
    half = standing(DEFAULT_RULE, {ayse: both, maria: frozenset({"grundkurs"}), ivan: frozenset({"aufbaukurs"})})
    assert (half.is_met, half.members_missing, half.members[0].person_id) == (False, 1, ayse)
    assert [member.missing for member in half.members if member.person_id == maria] == [("aufbaukurs",)]
    assert standing(DEFAULT_RULE, {ayse: both, maria: both | {"multiplikator"}}).is_met
    assert not standing(DEFAULT_RULE, {}).is_met


@pytest.mark.parametrize(
    ("held", "is_met", "days_left", "expected"),
    [
        (None, False, None, None),
        (None, True, None, AWARDED),
        (AWARDED, True, 1, AWARDED),
        (AWARDED, True, 0, AWARDED),
        (AWARDED, False, 1, grace(30)),
        (grace(0), False, 1, grace(0)),
        (grace(-1), False, 1, SUSPENDED),
        (grace(5), True, 1, AWARDED),
        (SUSPENDED, False, 1, SUSPENDED),
        (SUSPENDED, True, 1, AWARDED),
        (AWARDED, True, -1, ENDED),
        (grace(5), False, -1, ENDED),
        (SUSPENDED, False, -1, ENDED),
        (ENDED, True, -1, ENDED),
    ],
)
def test_a_pass_follows_its_facts(
    held: Weighed | None, is_met: bool, days_left: int | None, expected: Weighed | None
) -> None:
    until = None if days_left is None else TODAY + timedelta(days=days_left)
    found = weigh(held, DEFAULT_RULE, valid_until=until, is_active=True, conditions_met=is_met, today=TODAY)
    assert found == expected


def test_without_days_of_grace_and_in_a_closed_association_the_pass_is_suspended_at_once() -> None:
    facts: dict[str, Any] = {"valid_until": TODAY + timedelta(days=9), "conditions_met": False, "today": TODAY}
    assert weigh(AWARDED, replace(DEFAULT_RULE, grace_days=0), is_active=True, **facts) == SUSPENDED
    assert weigh(grace(4), replace(DEFAULT_RULE, grace_days=0), is_active=True, **facts) == grace(4)
    assert weigh(AWARDED, DEFAULT_RULE, is_active=False, **facts) == SUSPENDED


@given(
    state=st.sampled_from(list(PassState)),
    grace_left=st.integers(-5, 400),
    days_left=st.integers(-5, 2000),
    grace_days=st.integers(0, 365),
    is_active=st.booleans(),
    is_met=st.booleans(),
)
def test_weighing_is_stable_and_takes_allowed_ways_only(  # noqa: PLR0917 - hypothesis gives each fact by its name
    state: PassState, grace_left: int, days_left: int, grace_days: int, is_active: bool, is_met: bool
) -> None:
    held = grace(grace_left) if state is PassState.GRACE else Weighed(state)
    rule = replace(DEFAULT_RULE, grace_days=grace_days)
    facts: dict[str, Any] = {
        "valid_until": TODAY + timedelta(days=days_left),
        "is_active": is_active,
        "conditions_met": is_met,
    }
    first = weigh(held, rule, today=TODAY, **facts)
    assert first is not None
    if first != held:
        PASS_TRANSITIONS.check(held.state, first.state)
    assert weigh(first, rule, today=TODAY, **facts) == first
    assert (first.state is PassState.GRACE) == (first.grace_until is not None)
    if first.state in IN_FORCE:
        assert days_left >= 0
        assert is_active


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 11, 23), date(2029, 11, 22)),
        (date(2024, 2, 29), date(2027, 2, 27)),
        (date(2026, 1, 1), date(2028, 12, 31)),
        (date(2026, 12, 31), date(2029, 12, 30)),
    ],
)
def test_a_pass_is_valid_for_three_years_to_the_day(start: date, end: date) -> None:
    assert valid_until(DEFAULT_RULE, start) == end


def test_certificates_count_without_limit_or_for_the_months_of_the_rule() -> None:
    assert counts_from(DEFAULT_RULE, TODAY) is None
    assert counts_from(replace(DEFAULT_RULE, certificate_months=36), TODAY) == date(2023, 11, 23)
    assert counts_from(replace(DEFAULT_RULE, certificate_months=9), date(2026, 11, 30)) == date(2026, 2, 28)


def test_a_pass_is_renewed_near_its_end_or_after_it() -> None:
    end = TODAY + timedelta(days=30)
    renew: dict[str, Any] = {"conditions_met": True, "today": TODAY}
    assert renewal_start(DEFAULT_RULE, PassState.AWARDED, ends_on=end, **renew) == end + timedelta(days=1)
    assert renewal_start(DEFAULT_RULE, PassState.ENDED, ends_on=TODAY - timedelta(days=9), **renew) == TODAY
    with pytest.raises(PassNotRenewable):
        renewal_start(DEFAULT_RULE, PassState.AWARDED, ends_on=TODAY + timedelta(days=400), **renew)
    with pytest.raises(PassNotRenewable):
        renewal_start(replace(DEFAULT_RULE, renewal_window_days=29), PassState.AWARDED, ends_on=end, **renew)
    with pytest.raises(PassNotRenewable):
        renewal_start(DEFAULT_RULE, PassState.AWARDED, ends_on=end, conditions_met=False, today=TODAY)


@given(nights=st.sets(st.integers(-3, 120)))
def test_whichever_nights_are_missed_each_reminder_is_sent_at_most_once_and_the_last_one_counts(
    nights: set[int],
) -> None:
    end, already = TODAY + timedelta(days=120), None
    sent = []
    for days_left in sorted(nights, reverse=True):
        due = reminder_due(DEFAULT_RULE, ends_on=end, already=already, today=end - timedelta(days=days_left))
        if due is not None:
            sent.append(due)
            assert days_left <= due
            already = due
    assert len(sent) == len(set(sent))
    assert sent == sorted(sent, reverse=True)
    if any(0 <= night <= 7 for night in nights):
        assert sent[-1] == 7


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("members_needed", 0),
        ("members_needed", 21),
        ("level_codes", ()),
        ("level_codes", ("grundkurs", "grundkurs")),
        ("validity_months", 0),
        ("grace_days", -1),
        ("grace_days", 366),
        ("renewal_window_days", 0),
        ("reminder_days", (7, 30)),
        ("reminder_days", (30, 0)),
        ("certificate_months", 0),
        ("effective_on", TODAY - timedelta(days=1)),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_field(field: str, value: Any) -> None:
    with pytest.raises(PassRuleRefused) as refused:
        check_rule(replace(DEFAULT_RULE, **{field: value}), today=TODAY)
    assert refused.value.field == field


def test_two_versions_of_a_rule_differ_in_what_was_changed() -> None:
    after = replace(DEFAULT_RULE, version=2, grace_days=0, effective_on=TODAY)
    assert rule_differences(DEFAULT_RULE, after) == {"grace_days": (30, 0)}
    assert check_rule(DEFAULT_RULE, today=TODAY) is DEFAULT_RULE
