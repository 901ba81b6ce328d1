"""The MEMO-Pass of an association: when it is awarded, suspended, ended.

Source of the default rule: the programme's published condition that at least two participants of an association have
each completed the basic and the advanced course. Numbers are versioned settings of the office, never constants.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from services.certification.domain.errors import PassNotRenewable, PassRuleRefused
from shared.kernel.transitions import Transitions


class PassState(StrEnum):
    """Where a pass stands.

    Grace: the conditions are no longer met, but the pass still holds for some days. Suspended: those days are over,
    it may return. Ended: its time is over, it may be renewed.
    """

    AWARDED = "awarded"
    GRACE = "grace"
    SUSPENDED = "suspended"
    ENDED = "ended"


#: In these states the association holds a valid pass.
IN_FORCE = frozenset({PassState.AWARDED, PassState.GRACE})

PASS_TRANSITIONS = Transitions(
    "pass",
    {
        PassState.AWARDED: frozenset({PassState.AWARDED, PassState.GRACE, PassState.SUSPENDED, PassState.ENDED}),
        PassState.GRACE: frozenset({PassState.AWARDED, PassState.SUSPENDED, PassState.ENDED}),
        PassState.SUSPENDED: frozenset({PassState.AWARDED, PassState.ENDED}),
        PassState.ENDED: frozenset({PassState.AWARDED}),
    },
)


class PassChangeKind(StrEnum):
    """What happened to a pass: one line of its history."""

    AWARDED = "awarded"
    GRACE = "grace"
    SUSPENDED = "suspended"
    RETURNED = "returned"
    ENDED = "ended"
    RENEWED = "renewed"


@dataclass(frozen=True)
class PassRule:
    """One version of the conditions.

    `effective_on` is the first day on which it counts, None from the beginning. `grace_days` lie between the day on
    which the conditions are no longer met and the suspension. `reminder_days` before the end the board is reminded,
    the earliest first. A certificate counts for `certificate_months` after its conditions were fulfilled, or without
    limit where that is None; one that was revoked never does.
    """

    version: int
    members_needed: int
    level_codes: tuple[str, ...]
    validity_months: int
    grace_days: int = 30
    renewal_window_days: int = 90
    reminder_days: tuple[int, ...] = (90, 30, 7)
    certificate_months: int | None = None
    effective_on: date | None = None


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
    def gaps(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """What is missing, by the shortest way: how many members need which levels, the nearest first.

        Where fewer members are there than are missing, the rest are new members who need every level.
        """
        nearest = [member.missing for member in self.members if member.missing][: self.members_missing]
        nearest += [self.rule.level_codes] * (self.members_missing - len(nearest))
        return tuple((count, levels) for levels, count in Counter(nearest).items())

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


@dataclass(frozen=True)
class Weighed:
    """What weighing an association comes to: the state of its pass, and the last day of grace where it is in grace."""

    state: PassState
    grace_until: date | None = None


def weigh(
    held: Weighed | None,
    rule: PassRule,
    *,
    valid_until: date | None,
    is_active: bool,
    conditions_met: bool,
    today: date,
) -> Weighed | None:
    """The state that follows from the facts; None where there is no pass and none is due.

    A pass whose time is over has ended, whatever its conditions: renewing it is somebody's decision. A grace that was
    promised is kept to its last day, whatever the rule says now. A closed association gets none: nobody could use it.
    """
    fulfilled = conditions_met and is_active
    if held is None:
        return Weighed(PassState.AWARDED) if fulfilled else None
    if held.state is PassState.ENDED or (valid_until is not None and today > valid_until):
        return Weighed(PassState.ENDED)
    if fulfilled:
        return Weighed(PassState.AWARDED)
    if held.state is PassState.SUSPENDED or not is_active:
        return Weighed(PassState.SUSPENDED)
    last_day = held.grace_until or today + timedelta(days=rule.grace_days)
    is_over = today > last_day or (held.state is PassState.AWARDED and rule.grace_days == 0)
    return Weighed(PassState.SUSPENDED) if is_over else Weighed(PassState.GRACE, grace_until=last_day)


def change_kind(before: PassState | None, after: PassState) -> PassChangeKind:
    """What the history says of a change of state that nobody decided."""
    if after is PassState.AWARDED and before is not None:
        return PassChangeKind.RETURNED
    return PassChangeKind(after.value)


def reminder_due(rule: PassRule, *, ends_on: date, already: int | None, today: date) -> int | None:
    """The reminder to be sent now (days before the end), or None. Nights that were missed make one reminder, not many.

    `already` is the last one sent for this end.
    """
    days_left = (ends_on - today).days
    reached = [days for days in rule.reminder_days if 0 <= days_left <= days]
    if not reached or (already is not None and min(reached) >= already):
        return None
    return min(reached)


def valid_until(rule: PassRule, start: date) -> date:
    """The last day on which a pass that starts on `start` is valid: the day before the same day, months later."""
    return _months_later(start, rule.validity_months) - timedelta(days=1)


def counts_from(rule: PassRule, today: date) -> date | None:
    """The earliest day of fulfilment of a certificate that counts today; None where age does not matter."""
    return None if rule.certificate_months is None else _months_later(today, -rule.certificate_months)


def _months_later(start: date, months: int) -> date:
    """The same day of another month, or that month's last day where it has no such day."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last_day = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last_day))


def renewal_start(rule: PassRule, state: PassState, *, ends_on: date, conditions_met: bool, today: date) -> date:
    """The first day of the renewed time: the day after the old end, or today where that has passed.

    Raises PassNotRenewable while the end is further away than the rule's window or the conditions are not met.
    """
    if not conditions_met:
        raise PassNotRenewable(reason="conditions")
    if state is not PassState.ENDED and today < renewable_from(rule, ends_on):
        raise PassNotRenewable(reason="too_early")
    return max(today, ends_on + timedelta(days=1))


def renewable_from(rule: PassRule, ends_on: date) -> date:
    """The first day on which a pass that ends then can be renewed."""
    return ends_on - timedelta(days=rule.renewal_window_days)


def check_rule(rule: PassRule, *, today: date) -> PassRule:
    """Give a rule back that makes sense, or raise PassRuleRefused with the field that does not."""
    is_sensible = {
        "members_needed": 1 <= rule.members_needed <= 20,
        "level_codes": bool(rule.level_codes) and len(set(rule.level_codes)) == len(rule.level_codes),
        "validity_months": 1 <= rule.validity_months <= 120,
        "grace_days": 0 <= rule.grace_days <= 365,
        "renewal_window_days": 1 <= rule.renewal_window_days <= 365,
        "certificate_months": rule.certificate_months is None or 1 <= rule.certificate_months <= 240,
        "reminder_days": _are_reminders(rule.reminder_days),
        "effective_on": rule.effective_on is None or today <= rule.effective_on <= today + timedelta(days=730),
    }
    for field, is_fine in is_sensible.items():
        if not is_fine:
            raise PassRuleRefused(field=field)
    return rule


def _are_reminders(days: tuple[int, ...]) -> bool:
    """Up to five different numbers of days, the earliest reminder first."""
    return len(days) <= 5 and list(days) == sorted(set(days), reverse=True) and all(1 <= day <= 365 for day in days)


def rule_differences(before: PassRule, after: PassRule) -> dict[str, tuple[object, object]]:
    """Which settings of two versions differ: name -> before, after."""
    names = [name for name in vars(before) if name not in ("version", "effective_on")]
    return {name: (getattr(before, name), getattr(after, name)) for name in names if _differs(before, after, name)}


def _differs(before: PassRule, after: PassRule, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))
