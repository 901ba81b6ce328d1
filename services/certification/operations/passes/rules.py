"""The rule of the pass: tried before it is set, set as a new version, never changed afterwards."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.passes import PassRule, PassState, check_rule, rule_differences
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import LevelCopy, PassRuleVersion
from services.certification.operations.passes.first_rule import ensure_first_rule, rule_facts
from services.certification.operations.passes.foresight import Foreseen, foresee_all
from services.certification.operations.passes.rule_weighing import begin_weighing
from services.certification.queries.passes import (
    list_rules,
    lock_rules,
    newest_version,
    present_rule,
    rule_of,
)
from services.certification.queries.people import names_of
from services.certification.queries.programme import list_levels
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.permissions import Facts, require


@dataclass(frozen=True)
class RuleTrial:
    """What a draft of a rule would do today: nothing of it has happened.

    `awarded`: would get a pass, or get it back. `grace`: would still hold it for the days of grace. `suspended`: would
    lose it at once. `one`: the association that the office asked about, whatever would become of it.
    """

    rule: PassRule
    awarded: tuple[Foreseen, ...]
    grace: tuple[Foreseen, ...]
    suspended: tuple[Foreseen, ...]
    unchanged: int
    one: Foreseen | None


@dataclass(frozen=True)
class RuleInHistory:
    """One version with what it changed against the one before, and who wrote it."""

    row: PassRuleVersion
    differences: dict[str, tuple[object, object]]
    author: str | None


@dataclass(frozen=True)
class Rules:
    """What the editor of the office shows."""

    present: PassRule
    history: list[RuleInHistory]
    levels: list[LevelCopy]


def change_rule(session: Session, *, actor: Actor, draft: PassRule, now: datetime) -> PassRule:
    """A new version of the conditions; where it counts today, the worker begins to weigh all associations by it.

    The draft's own version number is ignored. Appends PassWeighingStepDue. Raises PassRuleRefused.
    """
    require(PERMISSIONS, actor, Permission.PASS_RULE_CHANGE, Facts())
    today = programme_date(now)
    ensure_first_rule(session, now=now)
    lock_rules(session)
    newest = newest_version(session)
    before = present_rule(session, today=today)
    begins = draft.effective_on or today
    rule = check_rule(replace(draft, version=newest + 1, effective_on=begins), today=today)
    session.add(PassRuleVersion(**rule_facts(rule), created_at=now, created_by_id=actor.person_id))
    audit.record(
        session,
        actor=actor,
        action=Permission.PASS_RULE_CHANGE,
        subject="pass_rule",
        subject_id=UUID(int=rule.version),
        now=now,
        before=_plain(before),
        after=_plain(rule),
    )
    session.flush()  # The new version must be what the passes are weighed with.
    if begins <= today:
        begin_weighing(session, rule_version=rule.version, now=now)
    return rule


def try_rule(session: Session, *, actor: Actor, draft: PassRule, search: str, now: datetime) -> RuleTrial:
    """What a draft would change if it counted today; nothing is changed. Raises PassRuleRefused.

    `search` is part of the name of one association that the office wants to see in any case.
    """
    require(PERMISSIONS, actor, Permission.PASS_RULE_CHANGE, Facts())
    today = programme_date(now)
    rule = check_rule(draft, today=today)
    foreseen = sorted(foresee_all(session, rule=rule, today=today), key=lambda case: case.association.name.casefold())
    changing = [case for case in foreseen if case.changes]
    return RuleTrial(
        rule=rule,
        awarded=_becoming(changing, PassState.AWARDED),
        grace=_becoming(changing, PassState.GRACE),
        suspended=_becoming(changing, PassState.SUSPENDED),
        unchanged=len(foreseen) - len(changing),
        one=_named(foreseen, search),
    )


def _becoming(cases: list[Foreseen], state: PassState) -> tuple[Foreseen, ...]:
    return tuple(case for case in cases if case.after is not None and case.after.state is state)


def _named(cases: list[Foreseen], search: str) -> Foreseen | None:
    wanted = search.casefold().strip()
    return next((case for case in cases if wanted in case.association.name.casefold()), None) if wanted else None


def read_rules(session: Session, *, actor: Actor, now: datetime) -> Rules:
    """The rule that counts, its history with differences and authors, and the levels it may name."""
    require(PERMISSIONS, actor, Permission.PASS_RULE_CHANGE, Facts())
    rows = list_rules(session)
    names = names_of(session, person_ids=[row.created_by_id for row in rows if row.created_by_id])
    earlier = [*rows[1:], None] if rows else []
    history = [
        RuleInHistory(
            row=row,
            differences=rule_differences(rule_of(before), rule_of(row)) if before else {},
            author=names.get(row.created_by_id) if row.created_by_id else None,
        )
        for row, before in zip(rows, earlier, strict=True)
    ]
    return Rules(present=present_rule(session, today=programme_date(now)), history=history, levels=list_levels(session))


def _plain(rule: PassRule) -> dict[str, object]:
    facts = rule_facts(rule)
    return facts | {"effective_on": rule.effective_on.isoformat() if rule.effective_on else None}
