"""Looking at passes: the board's page, the office's register."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.passes import PassStanding, PassState, renewable_from, standing
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import AssociationCopy, AssociationEntry, AssociationPass, PassChange, PassCredential
from services.certification.queries.cursors import read_cursor
from services.certification.queries.pass_credentials import list_pass_credentials
from services.certification.queries.passes import (
    find_pass_of,
    get_association,
    list_associations,
    list_changes,
    list_passes,
    present_rule,
)
from services.certification.queries.people import names_of
from services.certification.queries.programme import list_levels
from services.certification.queries.registers import find_association_entry
from services.certification.queries.standings import standings_of
from shared.kernel.actor import Actor, Role
from shared.kernel.clock import programme_date
from shared.kernel.permissions import Facts, require, require_or_hide


@dataclass(frozen=True)
class PassOverview:
    """What the board and the office see of one association."""

    association: AssociationCopy
    held: AssociationPass | None
    standing: PassStanding
    names: dict[UUID, str]
    changes: list[PassChange]
    credentials: list[PassCredential]
    entry: AssociationEntry | None
    renewable_from: date | None
    can_renew: bool


@dataclass(frozen=True)
class PassDemands:
    """What the pass demands today: so many members, each with all of these levels."""

    members_needed: int
    level_titles: tuple[str, ...]


def read_demands(session: Session, *, now: datetime) -> PassDemands:
    """The present rule in the words of the programme, for everybody."""
    rule = present_rule(session, today=programme_date(now))
    titles = {level.code: level.title for level in list_levels(session)}
    return PassDemands(rule.members_needed, tuple(titles.get(code, code) for code in rule.level_codes))


def read_pass_overview(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> PassOverview:
    """How far an association is, member by member: for its board and the office; not found for everybody else."""
    require_or_hide(PERMISSIONS, actor, Permission.PASS_READ, Facts(association_id=association_id), kind="association")
    today = programme_date(now)
    rule = present_rule(session, today=today)
    association = get_association(session, association_id=association_id)
    found = standings_of(session, rule=rule, association_ids=[association_id], today=today)
    weighed = found.get(association_id, standing(rule, {}))
    held = find_pass_of(session, association_id=association_id)
    first_day = renewable_from(rule, held.valid_until) if held else None
    return PassOverview(
        association=association,
        held=held,
        standing=weighed,
        names=names_of(session, person_ids=[member.person_id for member in weighed.members]),
        changes=list_changes(session, pass_id=held.id) if held else [],
        credentials=list_pass_credentials(session, pass_id=held.id) if held else [],
        entry=find_association_entry(session, association_id=association_id),
        renewable_from=first_day,
        can_renew=first_day is not None and today >= first_day and weighed.is_met and association.is_active,
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
