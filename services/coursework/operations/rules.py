"""Passing rules: the office changes them, nothing that was passed is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.coursework.domain.errors import RulesOutdated
from services.coursework.domain.permissions import Permission, require
from services.coursework.domain.rules import PassingRules
from services.coursework.models import LevelCopy, ModuleCopy, RulesVersion
from services.coursework.operations.results import settle_level
from services.coursework.queries import places as place_queries
from services.coursework.queries import rules as rule_queries
from services.coursework.queries import runs as run_queries
from shared.db import audit, refusing
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts

#: Turns a level's code into the id under which the audit keeps its rules.
_NAMESPACE = UUID("6f1e4f0e-6a0e-5d0e-9a53-0c1d3f6f7d11")


def change_rules(
    session: Session, *, actor: Actor, level_code: str, rules: PassingRules, based_on: int, now: datetime
) -> int:
    """Let new rules hold from now on and settle the places whose result is open; the new version's number.

    Quizzes that were handed in keep their outcome. `based_on` is the version that the office saw. Raises NotFound,
    NotPermitted, RulesInvalid, RulesOutdated. Events: LevelPassed for everybody who now has all that counts.
    """
    require(actor, Permission.RULES_CHANGE, Facts())
    level = run_queries.get_level(session, code=level_code)
    rules.check()
    current = rule_queries.find_rules_version(session, level_code=level.code)
    version = current.version if current else 0
    if version != based_on:
        raise RulesOutdated
    with refusing({"uq_rules_version_level_code_version": RulesOutdated}):
        session.add(_row(rules, level_code=level.code, version=version + 1, actor=actor, now=now))
        session.flush()
    audit.record(
        session,
        actor=actor,
        action="coursework:rules:change",
        subject="rules",
        subject_id=uuid5(_NAMESPACE, level.code),
        now=now,
        before=_values(rule_queries.as_rules(current)) if current else None,
        after=_values(rules),
    )
    for place_id in place_queries.list_unpassed_place_ids(session, level_code=level.code):
        settle_level(session, place=place_queries.lock_place(session, place_id=place_id), now=now)
    return version + 1


def _row(rules: PassingRules, *, level_code: str, version: int, actor: Actor, now: datetime) -> RulesVersion:
    return RulesVersion(
        id=new_id(),
        level_code=level_code,
        version=version,
        quiz_pass_percent=rules.quiz_pass_percent,
        attempts_allowed=rules.attempts_allowed,
        left_out_modules=sorted(rules.left_out_modules),
        created_at=now,
        created_by=actor.person_id,
    )


def _values(rules: PassingRules) -> dict[str, Any]:
    return {
        "quiz_pass_percent": rules.quiz_pass_percent,
        "attempts_allowed": rules.attempts_allowed,
        "left_out_modules": sorted(rules.left_out_modules),
    }


@dataclass(frozen=True)
class LevelRules:
    """A level with the rules in force. `version` is 0 while only the platform's proposal holds."""

    level: LevelCopy
    modules: Sequence[ModuleCopy]
    rules: PassingRules
    version: int
    since: datetime | None


def list_rules(session: Session, *, actor: Actor) -> list[LevelRules]:
    """The rules of every level. Raises NotPermitted."""
    return [open_rules(session, actor=actor, level_code=level.code) for level in run_queries.list_levels(session)]


def open_rules(session: Session, *, actor: Actor, level_code: str) -> LevelRules:
    """The rules of one level. Raises NotPermitted, NotFound."""
    require(actor, Permission.RULES_CHANGE, Facts())
    level = run_queries.get_level(session, code=level_code)
    current = rule_queries.find_rules_version(session, level_code=level.code)
    return LevelRules(
        level=level,
        modules=run_queries.list_modules(session, level_code=level.code),
        rules=rule_queries.get_rules(session, level_code=level.code),
        version=current.version if current else 0,
        since=current.created_at if current else None,
    )
