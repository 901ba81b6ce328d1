"""The programme's default rule as a row, so that passes can point at the version they were weighed with."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.domain.passes import DEFAULT_RULE, PassRule
from services.certification.models import PassRuleVersion


def ensure_first_rule(session: Session, *, now: datetime) -> None:
    """Write the programme's default as version 1, where no version is there yet."""
    values = {**rule_facts(DEFAULT_RULE), "created_at": now}
    session.execute(insert(PassRuleVersion).values(values).on_conflict_do_nothing())


def rule_facts(rule: PassRule) -> dict[str, object]:
    """A rule as the columns of its row."""
    return {**vars(rule), "level_codes": list(rule.level_codes), "reminder_days": list(rule.reminder_days)}
