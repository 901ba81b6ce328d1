"""Signing in by something that one knows or holds. Each answers with who it is, for the door to make a cookie of.

Count the guess first: see operations/guessing.py.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.adapters.passwords import hash_secret, needs_new_hash, verify_secret
from services.enrollment.domain.errors import CredentialsWrong, LinkUnusable
from services.enrollment.domain.people import PersonState
from services.enrollment.domain.sign_in import SignedIn, SignInMethod
from services.enrollment.domain.slips import tidy_words
from services.enrollment.models.people import Person
from services.enrollment.queries.credentials import find_live_slip, find_password, find_slip_by_secret
from services.enrollment.queries.people import find_person_by_name, get_person
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.ids import fingerprint


def sign_in_with_password(session: Session, *, name: str, password: str, now: datetime) -> SignedIn:
    """By confirmed address or personal code, and password. Raises CredentialsWrong, after the same time for anybody."""
    person = find_person_by_name(session, name)
    stored = find_password(session, person.id) if person else None
    if not verify_secret(stored.argon2 if stored else None, password) or person is None or stored is None:
        raise CredentialsWrong
    if needs_new_hash(stored.argon2):
        stored.argon2 = hash_secret(password)
    return note_sign_in(session, person, SignInMethod.PASSWORD, now=now)


def sign_in_with_words(session: Session, *, code: str, words: str, now: datetime) -> SignedIn:
    """By the personal code and the four words of the live slip. Raises CredentialsWrong."""
    person = find_person_by_name(session, code)
    slip = find_live_slip(session, person.id) if person else None
    if not verify_secret(slip.words_argon2 if slip else None, tidy_words(words)) or person is None or slip is None:
        raise CredentialsWrong
    slip.last_used_at = now
    return note_sign_in(session, person, SignInMethod.SLIP, now=now)


def sign_in_with_slip_code(session: Session, *, secret: str, now: datetime) -> SignedIn:
    """By the QR code of the live slip. Raises LinkUnusable where the slip was replaced or never existed."""
    slip = find_slip_by_secret(session, fingerprint(secret))
    if slip is None or slip.voided_at is not None:
        raise LinkUnusable
    slip.last_used_at = now
    return note_sign_in(session, get_person(session, slip.person_id), SignInMethod.SLIP, now=now)


def note_sign_in(session: Session, person: Person, method: SignInMethod, *, now: datetime) -> SignedIn:
    """Record that somebody has signed in. Raises CredentialsWrong where the account was closed."""
    if person.state is PersonState.CLOSED:
        raise CredentialsWrong
    audit.record(
        session,
        actor=Actor(person_id=person.id),
        action="person.signed_in",
        subject="person",
        subject_id=person.id,
        now=now,
        after={"method": method.value},
    )
    return SignedIn(person.id, person.session_version, frozenset({method}))
