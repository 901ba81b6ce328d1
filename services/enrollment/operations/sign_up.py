"""Signing up: three fields at most, signed in at once; e-mail may follow, or never."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain.errors import InviteCodeUnknown
from services.enrollment.domain.sign_in import SignedIn, SignInMethod
from services.enrollment.operations.accounts import add_person
from services.enrollment.operations.announcements import announce_person
from services.enrollment.operations.links import ask_to_confirm
from services.enrollment.operations.memberships import add_membership
from services.enrollment.operations.passwords import store_password
from services.enrollment.queries.associations import find_association_by_code, lock_association
from shared.db import audit
from shared.kernel.actor import Actor


def sign_up(
    session: Session,
    *,
    full_name: str,
    email: str | None,
    password: str | None,
    invite_code: str | None,
    language: str,
    now: datetime,
) -> SignedIn:
    """Make an account, and a membership where an invite code is given; the person is signed in at once.

    The address is only written to: it becomes the account's once its owner opens the link. Whether somebody has it
    already makes no difference to what is answered. Raises InviteCodeUnknown, PasswordTooShort, PasswordTooCommon.
    """
    association = None
    if invite_code is not None:
        found = find_association_by_code(session, invite_code)
        if found is None:
            raise InviteCodeUnknown
        association = lock_association(session, found.id)
    person = add_person(session, full_name=full_name, language=language, now=now)
    if password is not None:
        store_password(session, person=person, password=password, now=now)
    actor = Actor(person_id=person.id)
    audit.record(session, actor=actor, action="person.signed_up", subject="person", subject_id=person.id, now=now)
    if association is not None:
        add_membership(session, actor=actor, association=association, person=person, now=now)
    announce_person(session, person, now=now)
    if email is not None:
        ask_to_confirm(session, person=person, email=email, now=now)
    methods = frozenset({SignInMethod.PASSWORD}) if password is not None else frozenset[SignInMethod]()
    return SignedIn(person.id, person.session_version, methods)
