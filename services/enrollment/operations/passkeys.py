"""Passkeys: made, used, renamed, removed. The challenge of a ceremony is a row that its answer deletes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.adapters import passkeys as webauthn
from services.enrollment.domain.errors import LastWayIn, PasskeyRefused
from services.enrollment.domain.letters import CredentialChange
from services.enrollment.domain.passkeys import CHALLENGE_LIFE, PasskeySite
from services.enrollment.domain.sign_in import SignedIn, SignInMethod
from services.enrollment.models.credentials import Passkey, PasskeyChallenge
from services.enrollment.models.people import Person
from services.enrollment.operations.credential_notices import note_change
from services.enrollment.operations.people import lock_own_row
from services.enrollment.operations.second_factor import check_second_factor_given
from services.enrollment.operations.sign_in import note_sign_in
from services.enrollment.queries.credentials import list_passkeys, lock_passkey_by_credential, ways_in
from services.enrollment.queries.people import get_person
from shared.db import refusing
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import fingerprint, new_id


def begin_registration(session: Session, *, actor: Actor, site: PasskeySite, now: datetime) -> str:
    """What the browser is asked to make a passkey for oneself: JSON of PublicKeyCredentialCreationOptions."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    known = [passkey.credential_id for passkey in list_passkeys(session, person.id)]
    ceremony = webauthn.registration(site=site, person_id=person.id, name=person.email or person.full_name, known=known)
    _remember(session, ceremony.challenge, person_id=person.id, now=now)
    return ceremony.options


def finish_registration(
    session: Session, *, actor: Actor, site: PasskeySite, credential: dict[str, Any], name: str, now: datetime
) -> Passkey:
    """Store the passkey that the browser made. Raises PasskeyRefused."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    challenge = _take(session, credential, person_id=person.id, now=now)
    made = webauthn.check_registration(credential, site=site, challenge=challenge)
    passkey = Passkey(
        id=new_id(),
        person_id=person.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name,
        created_at=now,
    )
    session.add(passkey)
    with refusing({"uq_passkey_credential_id": PasskeyRefused}):
        session.flush()
    note_change(session, actor=actor, person=person, change=CredentialChange.PASSKEY_ADDED, now=now)
    return passkey


def begin_sign_in(session: Session, *, site: PasskeySite, now: datetime) -> str:
    """What the browser is asked to sign in with any passkey of this site: JSON of PublicKeyCredentialRequestOptions."""
    ceremony = webauthn.authentication(site=site)
    _remember(session, ceremony.challenge, person_id=None, now=now)
    return ceremony.options


def finish_sign_in(session: Session, *, site: PasskeySite, credential: dict[str, Any], now: datetime) -> SignedIn:
    """Sign in by the browser's answer. Counts as two factors, for the person was verified. Raises PasskeyRefused."""
    challenge = _take(session, credential, person_id=None, now=now)
    passkey = lock_passkey_by_credential(session, webauthn.credential_id_in(credential))
    if passkey is None:
        raise PasskeyRefused
    passkey.sign_count = webauthn.check_authentication(
        credential,
        site=site,
        challenge=challenge,
        public_key=passkey.public_key,
        sign_count=passkey.sign_count,
    )
    passkey.last_used_at = now
    return note_sign_in(session, get_person(session, passkey.person_id), SignInMethod.PASSKEY, now=now)


def rename_passkey(session: Session, *, actor: Actor, passkey_id: UUID, name: str) -> None:
    """Call a passkey of one's own something else. Raises NotFound."""
    person = lock_own_row(session, actor=actor)
    _get_own(session, person, passkey_id).name = name


def remove_passkey(session: Session, *, actor: Actor, passkey_id: UUID, now: datetime) -> None:
    """Forget a passkey of one's own. Raises NotFound, or LastWayIn where nothing else is left."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    passkey = _get_own(session, person, passkey_id)
    if ways_in(session, person, now=now).count < 2:
        raise LastWayIn
    session.delete(passkey)
    note_change(session, actor=actor, person=person, change=CredentialChange.PASSKEY_REMOVED, now=now)


def _get_own(session: Session, person: Person, passkey_id: UUID) -> Passkey:
    passkey = session.get(Passkey, passkey_id)
    if passkey is None or passkey.person_id != person.id:
        raise NotFound(kind="passkey")
    return passkey


def _remember(session: Session, challenge: bytes, *, person_id: UUID | None, now: datetime) -> None:
    session.add(
        PasskeyChallenge(fingerprint=fingerprint(challenge.hex()), person_id=person_id, expires_at=now + CHALLENGE_LIFE)
    )
    session.flush()


def _take(session: Session, credential: Mapping[str, Any], *, person_id: UUID | None, now: datetime) -> bytes:
    """The challenge that the answer answers; its row is gone afterwards. Raises PasskeyRefused where there is none."""
    challenge = webauthn.challenge_in(dict(credential))
    taken = session.execute(
        sa.delete(PasskeyChallenge)
        .where(
            PasskeyChallenge.fingerprint == fingerprint(challenge.hex()),
            PasskeyChallenge.person_id.is_not_distinct_from(person_id),
            PasskeyChallenge.expires_at > now,
        )
        .returning(PasskeyChallenge.fingerprint)
    ).first()
    if taken is None:
        raise PasskeyRefused
    return challenge
