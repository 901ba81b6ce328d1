"""Who belongs to an association. Everything here happens under the lock of the association's row."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain.associations import check_board_remains
from services.enrollment.domain.errors import AlreadyMember, InviteCodeUnknown
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.models.associations import Association, Membership
from services.enrollment.models.people import Person
from services.enrollment.operations.accounts import add_person
from services.enrollment.operations.announcements import announce_membership, announce_person
from services.enrollment.operations.association_access import require_within
from services.enrollment.queries.associations import find_association_by_code, lock_association
from services.enrollment.queries.memberships import (
    count_other_board,
    count_other_members,
    find_current_membership,
    get_current_membership,
    list_current_memberships,
)
from services.enrollment.queries.people import lock_person
from shared.db import audit, refusing
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require


def join_with_code(session: Session, *, actor: Actor, code: str, now: datetime) -> Association:
    """Become a member by the association's present invite code. Raises InviteCodeUnknown or AlreadyMember."""
    require(PERMISSIONS, actor, Permission.MEMBERSHIP_JOIN, Facts(person_id=actor.person_id))
    found = find_association_by_code(session, code)
    if found is None:
        raise InviteCodeUnknown
    association = lock_association(session, found.id)
    assert actor.person_id is not None
    person = lock_person(session, actor.person_id)
    add_membership(session, actor=actor, association=association, person=person, now=now)
    announce_person(session, person, now=now)
    return association


def add_membership(
    session: Session,
    *,
    actor: Actor,
    association: Association,
    person: Person,
    now: datetime,
    membership_id: UUID | None = None,
    is_board: bool = False,
) -> Membership:
    """Make somebody a member, under both rows' locks. Raises AlreadyMember. The caller announces the person."""
    if find_current_membership(session, association_id=association.id, person_id=person.id) is not None:
        raise AlreadyMember
    membership = Membership(
        id=membership_id or new_id(),
        association_id=association.id,
        person_id=person.id,
        is_board=is_board,
        joined_on=programme_date(now),
    )
    session.add(membership)
    with refusing({"uq_membership_current": AlreadyMember}):
        session.flush()
    _record(session, actor, "joined", membership, now=now)
    announce_membership(session, membership, now=now)
    return membership


def create_member(
    session: Session,
    *,
    actor: Actor,
    association_id: UUID,
    membership_id: UUID,
    full_name: str,
    language: str,
    now: datetime,
) -> Membership:
    """The board makes an account for somebody without e-mail, who is a member at once; a slip is issued next.

    `membership_id` is drawn with the form, so that a form sent twice makes one member: the second raises AlreadyMember.
    """
    association = lock_association(session, association_id)
    require_within(actor, Permission.MEMBERSHIP_MANAGE, association.id)
    if session.get(Membership, membership_id) is not None:
        raise AlreadyMember
    person = add_person(session, full_name=full_name, language=language, now=now)
    membership = add_membership(
        session, actor=actor, association=association, person=person, membership_id=membership_id, now=now
    )
    announce_person(session, person, now=now)
    return membership


def remove_member(
    session: Session, *, actor: Actor, association_id: UUID, membership_id: UUID, now: datetime
) -> Membership:
    """The board ends somebody's membership. Raises LastBoardMember."""
    association = lock_association(session, association_id)
    require_within(actor, Permission.MEMBERSHIP_MANAGE, association.id)
    membership = get_current_membership(session, association_id=association.id, membership_id=membership_id)
    person = lock_person(session, membership.person_id)
    _end(session, actor=actor, membership=membership, now=now)
    announce_person(session, person, now=now)
    return membership


def leave_association(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> None:
    """End one's own membership. Raises LastBoardMember, or NotFound where there is none."""
    require(PERMISSIONS, actor, Permission.MEMBERSHIP_LEAVE, Facts(person_id=actor.person_id))
    association = lock_association(session, association_id)
    assert actor.person_id is not None
    person = lock_person(session, actor.person_id)
    membership = get_current_membership(session, association_id=association.id, person_id=person.id)
    _end(session, actor=actor, membership=membership, now=now)
    announce_person(session, person, now=now)


def add_to_board(session: Session, *, actor: Actor, association_id: UUID, membership_id: UUID, now: datetime) -> None:
    """Put a member on the board; nothing happens where the person is on it already."""
    membership, person = _lock_for_board(session, actor, association_id, membership_id)
    if not membership.is_board:
        membership.is_board = True
        _record(session, actor, "added_to_board", membership, now=now)
        announce_person(session, person, now=now)


def take_from_board(
    session: Session, *, actor: Actor, association_id: UUID, membership_id: UUID, now: datetime
) -> None:
    """Take a member from the board. Raises LastBoardMember."""
    membership, person = _lock_for_board(session, actor, association_id, membership_id)
    if membership.is_board:
        _check_board_remains(session, membership)
        membership.is_board = False
        _record(session, actor, "taken_from_board", membership, now=now)
        announce_person(session, person, now=now)


def end_all_memberships(session: Session, *, actor: Actor, person_id: UUID, now: datetime) -> None:
    """End every membership of a person who closes the account, in one order of locks. Raises LastBoardMember."""
    for listed in list_current_memberships(session, person_id=person_id):
        lock_association(session, listed.association_id)
        membership = find_current_membership(session, association_id=listed.association_id, person_id=person_id)
        if membership is not None:
            _end(session, actor=actor, membership=membership, now=now)


def _lock_for_board(
    session: Session, actor: Actor, association_id: UUID, membership_id: UUID
) -> tuple[Membership, Person]:
    association = lock_association(session, association_id)
    require_within(actor, Permission.MEMBERSHIP_MANAGE, association.id)
    membership = get_current_membership(session, association_id=association.id, membership_id=membership_id)
    return membership, lock_person(session, membership.person_id)


def _end(session: Session, *, actor: Actor, membership: Membership, now: datetime) -> None:
    if membership.is_board:
        _check_board_remains(session, membership)
    membership.is_board = False
    membership.left_on = programme_date(now)
    session.flush()
    _record(session, actor, "left", membership, now=now)
    announce_membership(session, membership, now=now)


def _check_board_remains(session: Session, membership: Membership) -> None:
    """The last board of nobody else may go: an association without members needs none."""
    others = {"association_id": membership.association_id, "person_id": membership.person_id}
    if count_other_members(session, **others):
        check_board_remains(others_on_board=count_other_board(session, **others))


def _record(session: Session, actor: Actor, action: str, membership: Membership, *, now: datetime) -> None:
    audit.record(
        session,
        actor=actor,
        action=f"membership.{action}",
        subject="membership",
        subject_id=membership.id,
        now=now,
        after={"association_id": str(membership.association_id), "person_id": str(membership.person_id)},
    )
