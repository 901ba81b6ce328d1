"""Passes of associations: weighed on every change, renewed by the board, ruled by a setting of the office."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.domain.log import LogKind
from services.certification.domain.numbers import new_number
from services.certification.domain.passes import (
    DEFAULT_RULE,
    PASS_TRANSITIONS,
    PassRule,
    PassStanding,
    PassState,
    check_rule,
    next_state,
    renewal_start,
    standing,
    valid_until,
)
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import AssociationCopy, AssociationPass, LevelCopy, PassRuleVersion
from services.certification.operations.log import add_to_log
from services.certification.queries.certificates import valid_levels_of
from services.certification.queries.cursors import read_cursor
from services.certification.queries.passes import (
    find_pass_of,
    get_association,
    list_all_associations,
    list_associations,
    list_associations_of,
    list_members,
    list_passes,
    list_rules,
    lock_associations,
    present_rule,
)
from services.certification.queries.people import names_of
from services.certification.queries.programme import list_levels
from shared.contracts.certification import PassChanged
from shared.db import audit
from shared.kernel.actor import Actor, Role
from shared.kernel.clock import programme_date
from shared.kernel.errors import NotFound, NotPermitted
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox


@dataclass(frozen=True)
class PassOverview:
    """What the board and the office see of one association."""

    association: AssociationCopy
    held: AssociationPass | None
    standing: PassStanding
    names: dict[UUID, str]


def weigh_passes_of(session: Session, *, person_id: UUID, now: datetime) -> None:
    """Weigh the passes of all associations that a person belongs to."""
    weigh_passes(session, association_ids=list_associations_of(session, person_id=person_id), now=now)


def weigh_all_passes(session: Session, *, now: datetime) -> None:
    """Weigh every association: after the rule has changed, and every night for what has run out."""
    weigh_passes(session, association_ids=list_all_associations(session), now=now)


def weigh_passes(session: Session, *, association_ids: Collection[UUID], now: datetime) -> None:
    """Award, suspend, return or end passes as the facts demand; appends PassChanged for each that changes.

    An association that has not arrived yet is weighed when it does. All are locked before the first is weighed,
    because a change holds the end of the log.
    """
    session.flush()  # The certificate or membership that has just changed must count.
    if not association_ids:
        return
    rule = present_rule(session)
    for association in lock_associations(session, association_ids=association_ids):
        _weigh(session, association, rule, now=now)


def _weigh(session: Session, association: AssociationCopy, rule: PassRule, *, now: datetime) -> None:
    held = find_pass_of(session, association_id=association.association_id)
    wanted = next_state(
        held.state if held else None,
        conditions_met=_is_met(session, association, rule),
        valid_until=held.valid_until if held else None,
        today=programme_date(now),
    )
    if wanted is None:
        return
    if held is None:
        _award(session, association.association_id, rule, now=now)
    elif wanted is not held.state:
        held.state = PASS_TRANSITIONS.check(held.state, wanted)
        _changed(session, held, rule, now=now)


def renew_pass(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> AssociationPass:
    """Give a pass its next time of validity; appends PassChanged. Raises PassNotRenewable."""
    require(PERMISSIONS, actor, Permission.PASS_RENEW, Facts(association_id=association_id))
    locked = lock_associations(session, association_ids=[association_id])
    held = find_pass_of(session, association_id=association_id)
    if not locked or held is None:
        raise NotFound(kind="pass")
    rule = present_rule(session)
    start = renewal_start(
        held.state,
        ends_on=held.valid_until,
        conditions_met=_is_met(session, locked[0], rule),
        today=programme_date(now),
    )
    before = {"state": held.state, "valid_until": held.valid_until.isoformat()}
    held.state = PASS_TRANSITIONS.check(held.state, PassState.AWARDED)
    held.valid_until = valid_until(rule, start)
    after = {"state": held.state, "valid_until": held.valid_until.isoformat()}
    audit.record(
        session,
        actor=actor,
        action=Permission.PASS_RENEW,
        subject="pass",
        subject_id=held.id,
        now=now,
        before=before,
        after=after,
    )
    _changed(session, held, rule, now=now)
    return held


def read_pass_overview(session: Session, *, actor: Actor, association_id: UUID) -> PassOverview:
    """How far an association is, member by member: for its board and the office; not found for everybody else."""
    try:
        require(PERMISSIONS, actor, Permission.PASS_READ, Facts(association_id=association_id))
    except NotPermitted as error:
        raise NotFound(kind="association") from error
    association = get_association(session, association_id=association_id)
    weighed = _standing(session, association_id, present_rule(session))
    return PassOverview(
        association=association,
        held=find_pass_of(session, association_id=association_id),
        standing=weighed,
        names=names_of(session, person_ids=[member.person_id for member in weighed.members]),
    )


def list_own_associations(session: Session, *, actor: Actor) -> list[AssociationCopy]:
    """The associations whose board somebody belongs to."""
    return list_associations(session, association_ids=actor.scope_ids(Role.BOARD))


@dataclass(frozen=True)
class RegisteredPass:
    """One line of the register."""

    held: AssociationPass
    association: AssociationCopy


def search_passes(
    session: Session,
    *,
    actor: Actor,
    search: str,
    state: PassState | None,
    after: list[Any] | None,
    limit: int,
) -> list[RegisteredPass]:
    """The register for the office and the authority, the newest first."""
    require(PERMISSIONS, actor, Permission.PASS_LIST, Facts())
    rows = list_passes(session, search=search, state=state, after=read_cursor(after), limit=limit)
    return [RegisteredPass(held=held, association=association) for held, association in rows]


def change_rule(
    session: Session,
    *,
    actor: Actor,
    members_needed: int,
    level_codes: tuple[str, ...],
    validity_months: int,
    now: datetime,
) -> PassRule:
    """A new version of the conditions, weighed at once against every association. Raises PassRuleRefused."""
    require(PERMISSIONS, actor, Permission.PASS_RULE_CHANGE, Facts())
    ensure_first_rule(session, now=now)
    before = present_rule(session)
    rule = check_rule(
        PassRule(
            version=before.version + 1,
            members_needed=members_needed,
            level_codes=level_codes,
            validity_months=validity_months,
        )
    )
    session.add(_rule_row(rule, actor=actor, now=now))
    audit.record(
        session,
        actor=actor,
        action=Permission.PASS_RULE_CHANGE,
        subject="pass_rule",
        subject_id=UUID(int=rule.version),
        now=now,
        before=_rule_facts(before),
        after=_rule_facts(rule),
    )
    session.flush()  # The new version must be what the passes are weighed with.
    weigh_all_passes(session, now=now)
    return rule


def read_rules(session: Session, *, actor: Actor) -> tuple[PassRule, list[PassRuleVersion], list[LevelCopy]]:
    """The rule that counts, its history, and the levels it may name: for the editor of the office."""
    require(PERMISSIONS, actor, Permission.PASS_RULE_CHANGE, Facts())
    return present_rule(session), list_rules(session), list_levels(session)


def ensure_first_rule(session: Session, *, now: datetime) -> None:
    """Write the programme's default as version 1, where no version is there yet."""
    values = {**_rule_facts(DEFAULT_RULE), "created_at": now}
    session.execute(insert(PassRuleVersion).values(values).on_conflict_do_nothing())


def _is_met(session: Session, association: AssociationCopy, rule: PassRule) -> bool:
    return association.is_active and _standing(session, association.association_id, rule).is_met


def _standing(session: Session, association_id: UUID, rule: PassRule) -> PassStanding:
    members = list_members(session, association_id=association_id)
    return standing(rule, valid_levels_of(session, person_ids=members))


def _award(session: Session, association_id: UUID, rule: PassRule, *, now: datetime) -> None:
    ensure_first_rule(session, now=now)
    today = programme_date(now)
    awarded = AssociationPass(
        id=new_id(),
        number=new_number(),
        association_id=association_id,
        state=PassState.AWARDED,
        rule_version=rule.version,
        valid_from=today,
        valid_until=valid_until(rule, today),
        awarded_at=now,
        changed_at=now,
    )
    session.add(awarded)
    _changed(session, awarded, rule, now=now)


def _changed(session: Session, held: AssociationPass, rule: PassRule, *, now: datetime) -> None:
    held.changed_at = now
    held.rule_version = rule.version
    event = PassChanged(
        pass_id=held.id,
        number=held.number,
        association_id=held.association_id,
        state=held.state.value,
        valid_from=held.valid_from,
        valid_until=held.valid_until,
    )
    session.flush()  # A number or a pass that exists twice must be refused before others hear of it.
    outbox.append(session, event, now=now)
    content = f"{held.number}\n{held.state.value}\n{held.valid_until.isoformat()}"
    add_to_log(session, kind=LogKind.PASS_CHANGED, subject_id=held.id, content=content, salt="", now=now)


def _rule_row(rule: PassRule, *, actor: Actor, now: datetime) -> PassRuleVersion:
    return PassRuleVersion(**_rule_facts(rule), created_at=now, created_by_id=actor.person_id)


def _rule_facts(rule: PassRule) -> dict[str, object]:
    return {
        "version": rule.version,
        "members_needed": rule.members_needed,
        "level_codes": list(rule.level_codes),
        "validity_months": rule.validity_months,
    }
