"""Accounts: made, changed, signed out everywhere, closed."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.letters import Letter
from services.enrollment.domain.people import CLOSED_NAME, PERSON_TRANSITIONS, PersonState, tidy_language, tidy_name
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.places import PlaceState
from services.enrollment.domain.runs import RunState
from services.enrollment.models import credentials
from services.enrollment.models.people import Person
from services.enrollment.models.roles import RoleAssignment
from services.enrollment.operations.announcements import announce_person
from services.enrollment.operations.memberships import end_all_memberships
from services.enrollment.operations.notifications import tell_person
from services.enrollment.operations.places import leave_place
from services.enrollment.queries.people import lock_person
from services.enrollment.queries.places import list_places_of_person
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require

#: Places that an account takes back with it, unless their course is over.
_GIVEN_BACK = frozenset({PlaceState.WAITING, PlaceState.OFFERED, PlaceState.CONFIRMED})
_OVER = frozenset({RunState.FINISHED, RunState.CANCELLED})

_TABLES_OF_A_PERSON = (
    credentials.PasswordHash,
    credentials.Passkey,
    credentials.PasskeyChallenge,
    credentials.SignInSlip,
    credentials.OneTimeLink,
    credentials.TotpSecret,
    credentials.RecoveryCode,
)


def change_profile(session: Session, *, actor: Actor, full_name: str, language: str, now: datetime) -> Person:
    """Change one's own name and language. Certificates that were issued before keep the name they were issued with."""
    person = lock_own_row(session, actor=actor)
    before = {"full_name": person.full_name, "language": person.language}
    person.full_name, person.language = tidy_name(full_name), tidy_language(language)
    after = {"full_name": person.full_name, "language": person.language}
    _record(session, actor, "changed", person, now=now, before=before, after=after)
    announce_person(session, person, now=now)
    return person


def sign_out_everywhere(session: Session, *, actor: Actor, now: datetime) -> Person:
    """Make every identity cookie of one's own invalid, in every browser."""
    person = lock_own_row(session, actor=actor)
    person.session_version += 1
    _record(session, actor, "signed_out_everywhere", person, now=now)
    announce_person(session, person, now=now)
    return person


def close_account(session: Session, *, actor: Actor, now: datetime) -> None:
    """Close one's own account: places, memberships and roles end, ways in are deleted, name and address are emptied.

    The row stays, so that lists and counts of past courses hold. Raises LastBoardMember where an association with other
    members would be left without a board. GDPR Art. 17; certificates live on in their own register (DOMAIN section 4).
    """
    person_id = _own_id(actor)
    for place in list_places_of_person(session, person_id=person_id):
        if place.state in _GIVEN_BACK and place.run.state not in _OVER:
            leave_place(session, actor=actor, place_id=place.id, now=now)
    end_all_memberships(session, actor=actor, person_id=person_id, now=now)
    person = lock_own_row(session, actor=actor)
    tell_person(
        session,
        person_id=person.id,
        template=Letter.ACCOUNT_CLOSED,
        facts={"path": "/"},
        key=str(person.id),
        now=now,
    )
    _empty(session, person, now=now)
    _record(session, actor, "closed", person, now=now)
    announce_person(session, person, now=now)


def _empty(session: Session, person: Person, *, now: datetime) -> None:
    person.state = PERSON_TRANSITIONS.check(person.state, PersonState.CLOSED)
    person.closed_at = now
    person.full_name, person.email = CLOSED_NAME, None
    person.session_version += 1
    session.execute(
        sa.update(RoleAssignment)
        .where(RoleAssignment.person_id == person.id, RoleAssignment.ended_at.is_(None))
        .values(ended_at=now)
    )
    for table in _TABLES_OF_A_PERSON:
        session.execute(sa.delete(table).where(table.person_id == person.id))


def lock_own_row(session: Session, *, actor: Actor) -> Person:
    """The acting person's own row, held; every change of one's own account begins here."""
    person_id = _own_id(actor)
    return lock_person(session, person_id)


def _own_id(actor: Actor) -> UUID:
    require(PERMISSIONS, actor, Permission.PERSON_CHANGE_SELF, Facts(person_id=actor.person_id))
    assert actor.person_id is not None
    return actor.person_id


def _record(
    session: Session,
    actor: Actor,
    action: str,
    person: Person,
    *,
    now: datetime,
    before: dict[str, str] | None = None,
    after: dict[str, str] | None = None,
) -> None:
    audit.record(
        session,
        actor=actor,
        action=f"person.{action}",
        subject="person",
        subject_id=person.id,
        now=now,
        before=before,
        after=after,
    )
