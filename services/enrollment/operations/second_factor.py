"""The second factor: an authenticator app and recovery codes. A passkey counts as both factors at once."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.adapters import totp
from services.enrollment.domain.errors import CodeWrong
from services.enrollment.domain.letters import CredentialChange
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.second_factor import looks_like_recovery_code, new_recovery_codes
from services.enrollment.domain.sign_in import SignInMethod
from services.enrollment.models.credentials import Passkey, RecoveryCode, TotpSecret
from services.enrollment.models.people import Person
from services.enrollment.operations.announcements import announce_person
from services.enrollment.operations.credential_notices import note_change
from services.enrollment.operations.people import lock_own_row
from services.enrollment.queries.credentials import find_totp, lock_recovery_code, lock_totp, ways_in
from services.enrollment.queries.people import lock_person
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotFound, NotPermitted, SecondFactorNeeded
from shared.kernel.permissions import Facts, require


def check_second_factor_given(session: Session, *, actor: Actor, person: Person) -> None:
    """Raise SecondFactorNeeded where the person has an authenticator and has not used it in this session.

    Otherwise a stolen password would be enough to replace the factor that protects it.
    """
    stored = find_totp(session, person.id)
    if stored is not None and stored.confirmed_at is not None and not actor.has_second_factor:
        raise SecondFactorNeeded


def begin_authenticator(session: Session, *, actor: Actor, key: str, now: datetime) -> tuple[str, str]:
    """The secret for a new authenticator app, and the address for its QR code; the same until a first code confirms it.

    `key` is the service's secret key. Raises Conflict where an app is in use: that one is removed first.
    """
    person = lock_own_row(session, actor=actor)
    stored = find_totp(session, person.id)
    if stored is None:
        secret = totp.new_secret()
        ciphertext = totp.encrypt(secret, key=key)
        session.add(TotpSecret(person_id=person.id, ciphertext=ciphertext, created_at=now, last_step=0))
        session.flush()
    elif stored.confirmed_at is None:
        secret = totp.decrypt(stored.ciphertext, key=key)
    else:
        raise Conflict
    return secret, totp.provisioning_address(secret, account=person.email or person.full_name)


def confirm_authenticator(session: Session, *, actor: Actor, code: str, key: str, now: datetime) -> list[str]:
    """Put the new app to use by its first code, and give out recovery codes, readable this once. Raises CodeWrong."""
    person = lock_own_row(session, actor=actor)
    stored = lock_totp(session, person.id)
    if stored is None or stored.confirmed_at is not None:
        raise NotFound(kind="authenticator")
    _accept(stored, code, key=key, now=now)
    stored.confirmed_at = now
    note_change(session, actor=actor, person=person, change=CredentialChange.SECOND_FACTOR_SET, now=now)
    return _replace_recovery_codes(session, person=person, key=key)


def give_second_factor(session: Session, *, actor: Actor, code: str, key: str, now: datetime) -> SignInMethod:
    """Check a code of the app, or a recovery code, of whoever is signed in. Raises CodeWrong. Count the guess first."""
    person = lock_own_row(session, actor=actor)
    if looks_like_recovery_code(code):
        _use_recovery_code(session, actor=actor, person=person, code=code, key=key, now=now)
    else:
        stored = lock_totp(session, person.id)
        if stored is None or stored.confirmed_at is None:
            raise CodeWrong
        _accept(stored, code, key=key, now=now)
    audit.record(
        session,
        actor=actor,
        action="person.second_factor_given",
        subject="person",
        subject_id=person.id,
        now=now,
    )
    return SignInMethod.ONE_TIME_CODE


def renew_recovery_codes(session: Session, *, actor: Actor, key: str, now: datetime) -> list[str]:
    """New recovery codes in place of the old ones, readable this once."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    note_change(session, actor=actor, person=person, change=CredentialChange.RECOVERY_CODES_RENEWED, now=now)
    return _replace_recovery_codes(session, person=person, key=key)


def remove_authenticator(session: Session, *, actor: Actor, now: datetime) -> None:
    """Do without the app. Staff roles then rest until there is another second factor."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    session.execute(sa.delete(TotpSecret).where(TotpSecret.person_id == person.id))
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    note_change(session, actor=actor, person=person, change=CredentialChange.SECOND_FACTOR_REMOVED, now=now)


def reset_second_factor(session: Session, *, actor: Actor, person_id: UUID, now: datetime) -> None:
    """The office helps somebody whose phone and recovery codes are lost; who it is was checked by other means.

    App, recovery codes and passkeys are gone, every browser is signed out, the person is told. Another way in stays:
    passkeys are kept where they are the only one. Nobody does this to themselves, for a stolen password must not.
    """
    if actor.person_id == person_id:
        raise NotPermitted(permission=Permission.SECOND_FACTOR_RESET)
    require(PERMISSIONS, actor, Permission.SECOND_FACTOR_RESET, Facts())
    person = lock_person(session, person_id)
    ways = ways_in(session, person, now=now)
    session.execute(sa.delete(TotpSecret).where(TotpSecret.person_id == person.id))
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    if ways.count > len(ways.passkeys):
        session.execute(sa.delete(Passkey).where(Passkey.person_id == person.id))
    person.session_version += 1
    note_change(session, actor=actor, person=person, change=CredentialChange.SECOND_FACTOR_REMOVED, now=now)
    announce_person(session, person, now=now)


def _accept(stored: TotpSecret, code: str, *, key: str, now: datetime) -> None:
    secret = totp.decrypt(stored.ciphertext, key=key)
    step = totp.accepted_step(secret, code, last_step=stored.last_step, now=now)
    if step is None:
        raise CodeWrong
    stored.last_step = step


def _use_recovery_code(session: Session, *, actor: Actor, person: Person, code: str, key: str, now: datetime) -> None:
    fingerprint = totp.recovery_fingerprint(code, key=key)
    stored = lock_recovery_code(session, person_id=person.id, fingerprint=fingerprint)
    if stored is None:
        raise CodeWrong
    stored.used_at = now
    note_change(session, actor=actor, person=person, change=CredentialChange.RECOVERY_CODE_USED, now=now)


def _replace_recovery_codes(session: Session, *, person: Person, key: str) -> list[str]:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = new_recovery_codes()
    session.add_all(
        RecoveryCode(person_id=person.id, fingerprint=totp.recovery_fingerprint(code, key=key)) for code in codes
    )
    session.flush()
    return codes
