"""The demo programme's carriers with their staff and venues, and the associations with boards and members."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.slips import show_personal_code
from services.enrollment.models.associations import Association
from services.enrollment.models.carriers import Carrier
from services.enrollment.models.people import Person
from services.enrollment.operations import associations, carriers, memberships
from services.enrollment.operations.carriers import VenueDetails
from services.enrollment.operations.roles import grant_role
from services.enrollment.operations.slips import issue_slip_to_member
from services.enrollment.queries.carriers import list_venues
from services.enrollment.queries.memberships import find_current_membership
from services.enrollment.queries.people import find_role_assignment, get_person, grants_of
from services.enrollment.seed.people import People
from shared.kernel.actor import SYSTEM, Actor, Role, ScopeKind
from shared.kernel.ids import new_id

Json = dict[str, Any]

_BETWEEN_MEMBERS = timedelta(days=3)


def acting(session: Session, person: Person) -> Actor:
    """A person as the operations see one, with all roles."""
    return Actor(person_id=person.id, grants=grants_of(session, person.id), has_second_factor=True)


def load_carriers(session: Session, known: People, scenario: Json, *, now: datetime) -> None:
    """Carriers, their staff, their venues."""
    for facts in scenario["carriers"]:
        carrier = find_carrier(session, facts["name"])
        if carrier is None:
            own = {key: facts[key] for key in ("name", "region_code", "town", "contact")}
            carrier = carriers.create_carrier(session, actor=SYSTEM, now=now, **own)
        for key in facts["staff"]:
            scope: dict[str, Any] = {
                "role": Role.CARRIER_STAFF,
                "scope_kind": ScopeKind.CARRIER,
                "scope_id": carrier.id,
            }
            if find_role_assignment(session, person_id=known[key].id, **scope) is None:
                grant_role(session, actor=SYSTEM, person_id=known[key].id, now=now, **scope)
        _load_venues(session, carrier, [v for v in scenario["venues"] if v["carrier"] == carrier.name], now=now)


def find_carrier(session: Session, name: str) -> Carrier | None:
    """The carrier of this name."""
    return session.scalar(sa.select(Carrier).where(Carrier.name == name))


def _load_venues(session: Session, carrier: Carrier, venues: list[Json], *, now: datetime) -> None:
    session.flush()
    existing = {venue.name for venue in list_venues(session, carrier_id=carrier.id)}
    for facts in venues:
        if facts["name"] not in existing:
            details = VenueDetails(**{key: value for key, value in facts.items() if key != "carrier"})
            carriers.add_venue(session, actor=SYSTEM, carrier_id=carrier.id, details=details, now=now)


def load_associations(session: Session, known: People, scenario: Json) -> list[Json]:
    """Associations with everybody in them; the slips of those without an address. Adds them to `known`."""
    by_key = {facts["key"]: facts for facts in scenario["people"]}
    slips: list[Json] = []
    for facts in scenario["associations"]:
        association = _found(session, known, facts)
        when = datetime.fromisoformat(facts["founded_at"])
        for key in (*facts["board"][1:], *facts["members"]):
            when += _BETWEEN_MEMBERS
            if by_key[key]["email"] is None:
                board = acting(session, known[facts["board"][0]])
                slips += _member_without_mail(session, known, association, board=board, person=by_key[key], now=when)
            else:
                _join(session, known[key], association, is_board=key in facts["board"], now=when)
    return slips


def _found(session: Session, known: People, facts: Json) -> Association:
    found = session.scalar(sa.select(Association).where(Association.name == facts["name"]))
    if found is not None:
        return found
    now = datetime.fromisoformat(facts["founded_at"])
    association = associations.found_association(
        session,
        actor=acting(session, known[facts["board"][0]]),
        name=facts["name"],
        town=facts["town"],
        region_code=facts["region_code"],
        now=now,
    )
    association.invite_code = facts["invite_code"]
    session.flush()
    if facts["is_confirmed"]:
        now += timedelta(days=1)
        associations.confirm_association(session, actor=SYSTEM, association_id=association.id, now=now)
    return association


def _join(session: Session, person: Person, association: Association, *, is_board: bool, now: datetime) -> None:
    if find_current_membership(session, association_id=association.id, person_id=person.id) is not None:
        return
    memberships.join_with_code(session, actor=acting(session, person), code=association.invite_code, now=now)
    if is_board:
        membership = find_current_membership(session, association_id=association.id, person_id=person.id)
        assert membership is not None
        memberships.add_to_board(
            session, actor=SYSTEM, association_id=association.id, membership_id=membership.id, now=now
        )


def _member_without_mail(
    session: Session, known: People, association: Association, *, board: Actor, person: Json, now: datetime
) -> list[Json]:
    """The board makes the account and prints the slip."""
    if person["key"] in known:
        return []
    membership = memberships.create_member(
        session,
        actor=board,
        association_id=association.id,
        membership_id=new_id(),
        full_name=person["full_name"],
        language=person["language"],
        now=now,
    )
    known[person["key"]] = get_person(session, membership.person_id)
    slip = issue_slip_to_member(
        session, actor=board, association_id=association.id, membership_id=membership.id, now=now
    )
    return [
        {
            "full_name": slip.full_name,
            "association": association.name,
            "code": show_personal_code(slip.personal_code),
            "words": " ".join(slip.words),
            "secret": slip.secret,
        }
    ]
