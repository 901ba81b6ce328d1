"""Associations: founded by their board, looked at by the programme office."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain.associations import (
    ASSOCIATION_TRANSITIONS,
    AssociationState,
    new_invite_code,
)
from services.enrollment.domain.people import tidy_name
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.models.associations import Association
from services.enrollment.operations.announcements import announce_association, announce_person
from services.enrollment.operations.association_access import require_within
from services.enrollment.operations.memberships import add_membership
from services.enrollment.queries.associations import find_association_by_code, lock_association
from services.enrollment.queries.memberships import list_member_ids
from services.enrollment.queries.people import lock_person
from services.enrollment.queries.regions import get_region
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require


def found_association(
    session: Session, *, actor: Actor, name: str, town: str, region_code: str, now: datetime
) -> Association:
    """Register an association with the acting person as its board. It works at once; the office confirms it later."""
    require(PERMISSIONS, actor, Permission.ASSOCIATION_FOUND, Facts(person_id=actor.person_id))
    assert actor.person_id is not None
    association = Association(
        id=new_id(),
        name=tidy_name(name),
        town=tidy_name(town),
        region_code=get_region(session, region_code).code,
        state=AssociationState.REGISTERED,
        invite_code=_free_invite_code(session),
        created_at=now,
    )
    session.add(association)
    session.flush()
    person = lock_person(session, actor.person_id)
    announce_association(session, association, now=now)
    add_membership(session, actor=actor, association=association, person=person, now=now, is_board=True)
    announce_person(session, person, now=now)
    _record(session, actor, "founded", association, now=now)
    return association


def change_association(
    session: Session, *, actor: Actor, association_id: UUID, name: str, town: str, region_code: str, now: datetime
) -> Association:
    """Change what the association is called and where it is."""
    association = lock_association(session, association_id)
    require_within(actor, Permission.ASSOCIATION_CHANGE, association.id)
    before = _facts(association)
    association.name, association.town = tidy_name(name), tidy_name(town)
    association.region_code = get_region(session, region_code).code
    _record(session, actor, "changed", association, now=now, before=before)
    announce_association(session, association, now=now)
    return association


def rotate_invite_code(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> Association:
    """Replace the invite code; the old one opens nothing from now on. Members stay members."""
    association = lock_association(session, association_id)
    require_within(actor, Permission.ASSOCIATION_INVITE, association.id)
    association.invite_code = _free_invite_code(session)
    _record(session, actor, "invite_code_rotated", association, now=now)
    return association


def confirm_association(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> Association:
    """The office has looked at the association; one that was closed opens again."""
    return _move(session, actor, association_id, AssociationState.CONFIRMED, now)


def close_association(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> Association:
    """The association takes part no more; its members' roles in it rest."""
    return _move(session, actor, association_id, AssociationState.CLOSED, now)


def _move(session: Session, actor: Actor, association_id: UUID, wanted: AssociationState, now: datetime) -> Association:
    association = lock_association(session, association_id)
    require_within(actor, Permission.ASSOCIATION_CONFIRM, association.id)
    before = _facts(association)
    was_closed = association.state is AssociationState.CLOSED
    association.state = ASSOCIATION_TRANSITIONS.check(association.state, wanted)
    _record(session, actor, wanted.value, association, now=now, before=before)
    announce_association(session, association, now=now)
    if was_closed or wanted is AssociationState.CLOSED:
        for person_id in list_member_ids(session, association_id=association.id):
            announce_person(session, lock_person(session, person_id), now=now)
    return association


def _free_invite_code(session: Session) -> str:
    while find_association_by_code(session, code := new_invite_code()) is not None:
        pass
    return code


def _facts(association: Association) -> dict[str, str]:
    return {
        "name": association.name,
        "town": association.town,
        "region_code": association.region_code,
        "state": association.state.value,
    }


def _record(
    session: Session,
    actor: Actor,
    action: str,
    association: Association,
    *,
    now: datetime,
    before: dict[str, str] | None = None,
) -> None:
    audit.record(
        session,
        actor=actor,
        action=f"association.{action}",
        subject="association",
        subject_id=association.id,
        now=now,
        before=before,
        after=_facts(association),
    )
