"""Passing rules in force."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.coursework.domain.rules import DEFAULT_RULES, PassingRules
from services.coursework.models import RulesVersion


def find_rules_version(session: Session, *, level_code: str) -> RulesVersion | None:
    """The newest version of a level's rules."""
    statement = select(RulesVersion).where(RulesVersion.level_code == level_code)
    return session.scalar(statement.order_by(RulesVersion.version.desc()).limit(1))


def list_rules_versions(session: Session, *, level_code: str) -> list[RulesVersion]:
    """All versions of a level's rules, the newest first."""
    statement = select(RulesVersion).where(RulesVersion.level_code == level_code)
    return list(session.scalars(statement.order_by(RulesVersion.version.desc())))


def get_rules(session: Session, *, level_code: str) -> PassingRules:
    """The rules that hold now; the proposal of the platform until the office has set some."""
    version = find_rules_version(session, level_code=level_code)
    return DEFAULT_RULES if version is None else as_rules(version)


def as_rules(version: RulesVersion) -> PassingRules:
    """A stored version as the decisions see it."""
    return PassingRules(
        quiz_pass_percent=version.quiz_pass_percent,
        attempts_allowed=version.attempts_allowed,
        left_out_modules=frozenset(version.left_out_modules),
    )
