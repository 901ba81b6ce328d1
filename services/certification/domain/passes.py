"""The MEMO-Pass of an association: when it is awarded, suspended, ended.

Source of the default rule: the programme's published condition that at least two participants of an association have
each completed the basic and the advanced course. Numbers are versioned settings of the office, never constants.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from services.certification.domain.errors import PassNotRenewable, PassRuleRefused
from shared.kernel.transitions import Transitions

#: How long before its end a pass can be renewed.
RENEWAL_WINDOW = timedelta(days=90)


class PassState(StrEnum):
    """Suspended: the conditions are no longer met, it may return. Ended: its time is over, it may be renewed."""

    AWARDED = "awarded"
    SUSPENDED = "suspended"
    ENDED = "ended"


PASS_TRANSITIONS = Transitions(
    "pass",
    {
        PassState.AWARDED: frozenset({PassState.AWARDED, PassState.SUSPENDED, PassState.ENDED}),
        PassState.SUSPENDED: frozenset({PassState.AWARDED, PassState.ENDED}),
        PassState.ENDED: frozenset({PassState.AWARDED}),
    },
)


@dataclass(frozen=True)
class PassRule:
    """One version of the conditions."""

    version: int
    members_needed: int
    level_codes: tuple[str, ...]
    validity_months: int


DEFAULT_RULE = PassRule(version=1, members_needed=2, level_codes=("grundkurs", "aufbaukurs"), validity_months=36)


@dataclass(frozen=True)
class MemberProgress:
    """One member: which of the needed levels are certified, which are missing, in the rule's order."""

    person_id: UUID
    certified: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_qualified(self) -> bool:
        """Whether this member counts for the pass."""
        return not self.missing


@dataclass(frozen=True)
class PassStanding:
    """How far an association is: its members by progress, the nearest to the goal first."""

    rule: PassRule
    members: tuple[MemberProgress, ...]

    @property
    def qualified_members(self) -> int:
        """How many members count."""
        return sum(member.is_qualified for member in self.members)

    @property
    def members_missing(self) -> int:
        """How many more members have to qualify; 0 where the rule is met."""
        return max(0, self.rule.members_needed - self.qualified_members)

    @property
    def is_met(self) -> bool:
        """Whether the conditions hold today."""
        return self.members_missing == 0


def standing(rule: PassRule, certified_levels: Mapping[UUID, frozenset[str]]) -> PassStanding:
    """Weigh the members of an association, given the levels that each of them holds a valid certificate of."""
    members = [_progress(rule, person_id, levels) for person_id, levels in certified_levels.items()]
    members.sort(key=lambda member: (len(member.missing), str(member.person_id)))
    return PassStanding(rule=rule, members=tuple(members))


def _progress(rule: PassRule, person_id: UUID, levels: frozenset[str]) -> MemberProgress:
    return MemberProgress(
        person_id=person_id,
        certified=tuple(code for code in rule.level_codes if code in levels),
        missing=tuple(code for code in rule.level_codes if code not in levels),
    )


def next_state(
    state: PassState | None, *, conditions_met: bool, valid_until: date | None, today: date
) -> PassState | None:
    """The state that follows from the facts; None where there is no pass and none is due.

    A pass whose time is over has ended, whatever its conditions: renewing it is somebody's decision.
    """
    if state is None:
        return PassState.AWARDED if conditions_met else None
    if state is PassState.ENDED or (valid_until is not None and today > valid_until):
        return PassState.ENDED
    return PassState.AWARDED if conditions_met else PassState.SUSPENDED


def valid_until(rule: PassRule, start: date) -> date:
    """The last day on which a pass that starts on `start` is valid: the day before the same day, months later."""
    months = start.month - 1 + rule.validity_months
    year, month = start.year + months // 12, months % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last_day = (first_of_next - timedelta(days=1)).day
    return date(year, month, min(start.day, last_day)) - timedelta(days=1)


def renewal_start(state: PassState, *, ends_on: date, conditions_met: bool, today: date) -> date:
    """The first day of the renewed time: the day after the old end, or today where that has passed.

    Raises PassNotRenewable while the end is more than RENEWAL_WINDOW away or the conditions are not met.
    """
    if not conditions_met:
        raise PassNotRenewable(reason="conditions")
    if state is not PassState.ENDED and today < ends_on - RENEWAL_WINDOW:
        raise PassNotRenewable(reason="too_early")
    return max(today, ends_on + timedelta(days=1))


def check_rule(rule: PassRule) -> PassRule:
    """Give a rule back that makes sense, or raise PassRuleRefused with the field that does not."""
    if not 1 <= rule.members_needed <= 20:
        raise PassRuleRefused(field="members_needed")
    if not rule.level_codes or len(set(rule.level_codes)) != len(rule.level_codes):
        raise PassRuleRefused(field="level_codes")
    if not 1 <= rule.validity_months <= 120:
        raise PassRuleRefused(field="validity_months")
    return rule
