"""Passwords: set, changed, removed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.adapters.passwords import hash_secret, verify_secret
from services.enrollment.domain.errors import CurrentPasswordWrong, LastWayIn
from services.enrollment.domain.letters import CredentialChange
from services.enrollment.domain.sign_in import check_password
from services.enrollment.models.credentials import PasswordHash
from services.enrollment.models.people import Person
from services.enrollment.operations.credential_notices import note_change
from services.enrollment.operations.people import lock_own_row
from services.enrollment.operations.second_factor import check_second_factor_given
from services.enrollment.queries.credentials import find_password, ways_in
from shared.kernel.actor import Actor


def change_password(session: Session, *, actor: Actor, current: str | None, password: str, now: datetime) -> None:
    """Set one's own password, or a new one in place of the present one, which is asked for once more.

    `current` is None where the person has just signed in by another way (a link, a slip, a passkey): that is how a
    forgotten password is replaced. Raises CurrentPasswordWrong, PasswordTooShort, PasswordTooCommon.
    """
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    stored = find_password(session, person.id)
    if current is not None and stored is not None and not verify_secret(stored.argon2, current):
        raise CurrentPasswordWrong
    store_password(session, person=person, password=password, now=now)
    note_change(session, actor=actor, person=person, change=CredentialChange.PASSWORD_SET, now=now)


def remove_password(session: Session, *, actor: Actor, now: datetime) -> None:
    """Do without a password. Raises LastWayIn where nothing else is left."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    if find_password(session, person.id) is None:
        return
    if ways_in(session, person, now=now).count < 2:
        raise LastWayIn
    session.execute(sa.delete(PasswordHash).where(PasswordHash.person_id == person.id))
    note_change(session, actor=actor, person=person, change=CredentialChange.PASSWORD_REMOVED, now=now)


def store_password(session: Session, *, person: Person, password: str, now: datetime) -> None:
    """Check and store the hash. Raises PasswordTooShort or PasswordTooCommon."""
    check_password(password, known=[person.full_name, person.email or "", person.personal_code])
    session.merge(PasswordHash(person_id=person.id, argon2=hash_secret(password), changed_at=now))
    session.flush()
