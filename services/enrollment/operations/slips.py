"""Sign-in slips: the printed key of somebody without e-mail, handed out by the board or made by oneself."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.adapters.passwords import hash_secret
from services.enrollment.domain.errors import BoardAccountsOnly
from services.enrollment.domain.letters import CredentialChange
from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.slips import draw_words
from services.enrollment.models.credentials import SignInSlip
from services.enrollment.models.people import Person
from services.enrollment.operations.announcements import announce_person
from services.enrollment.operations.association_access import require_within
from services.enrollment.operations.credential_notices import note_change
from services.enrollment.operations.people import lock_own_row
from services.enrollment.operations.second_factor import check_second_factor_given
from services.enrollment.queries.credentials import find_live_slip
from services.enrollment.queries.memberships import get_current_membership
from services.enrollment.queries.people import grants_of, lock_person
from shared.kernel.actor import STAFF_ROLES, Actor, Role
from shared.kernel.ids import fingerprint, new_id, new_secret


@dataclass(frozen=True)
class IssuedSlip:
    """What is printed. Words and secret are readable this once; only their hashes are kept."""

    person_id: UUID
    full_name: str
    language: str
    personal_code: str
    words: tuple[str, ...]
    secret: str


def issue_slip_to_member(
    session: Session, *, actor: Actor, association_id: UUID, membership_id: UUID, now: datetime
) -> IssuedSlip:
    """The board hands a member a new key; the old slip is void, and whoever was signed in with it is signed out.

    Raises BoardAccountsOnly where the person has an address of their own, a staff role, or sits on another board:
    a board must not get into accounts that reach further than its association.
    """
    require_within(actor, Permission.SLIP_ISSUE, association_id)
    membership = get_current_membership(session, association_id=association_id, membership_id=membership_id)
    person = lock_person(session, membership.person_id)
    _check_board_may_help(session, person, association_id=association_id)
    return _issue(session, actor=actor, person=person, now=now)


def issue_own_slip(session: Session, *, actor: Actor, now: datetime) -> IssuedSlip:
    """A slip for oneself, in place of the old one."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    slip = _replace(session, actor=actor, person=person, now=now)
    note_change(session, actor=actor, person=person, change=CredentialChange.SLIP_ISSUED, now=now)
    return slip


def _check_board_may_help(session: Session, person: Person, *, association_id: UUID) -> None:
    grants = grants_of(session, person.id)
    reaches_further = any(
        grant.role in STAFF_ROLES or (grant.role is Role.BOARD and grant.scope_id != association_id) for grant in grants
    )
    if person.email is not None or reaches_further:
        raise BoardAccountsOnly


def _issue(session: Session, *, actor: Actor, person: Person, now: datetime) -> IssuedSlip:
    if find_live_slip(session, person.id) is not None:
        person.session_version += 1
        announce_person(session, person, now=now)
    slip = _replace(session, actor=actor, person=person, now=now)
    note_change(session, actor=actor, person=person, change=CredentialChange.SLIP_ISSUED, now=now)
    return slip


def _replace(session: Session, *, actor: Actor, person: Person, now: datetime) -> IssuedSlip:
    """Under the person's lock: at most one slip is live (uq_sign_in_slip_live)."""
    old = find_live_slip(session, person.id)
    if old is not None:
        old.voided_at = now
        session.flush()
    words, secret = draw_words(choose=secrets.choice), new_secret()
    session.add(
        SignInSlip(
            id=new_id(),
            person_id=person.id,
            words_argon2=hash_secret(" ".join(words)),
            secret_fingerprint=fingerprint(secret),
            issued_at=now,
            issued_by_id=actor.person_id or person.id,
        )
    )
    session.flush()
    return IssuedSlip(person.id, person.full_name, person.language, person.personal_code, words, secret)
