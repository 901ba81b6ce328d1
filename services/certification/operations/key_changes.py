"""The life of signing keys: announced, active, retired, revoked. Every step is audited, logged and told.

Whoever signs holds the keys until the end of the transaction, and whoever changes them waits for that: a certificate is
signed wholly by one key, and none is ever issued with a key that was revoked meanwhile.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.seal import Seal
from services.certification.adapters.signers.check import check_signer
from services.certification.domain.errors import SigningKeyKnown, SigningKeyTooFresh, SigningKeyUnknown
from services.certification.domain.keys import (
    ANNOUNCEMENT,
    KEY_TRANSITIONS,
    KeyRevocationReason,
    KeyState,
    is_announced_long_enough,
)
from services.certification.domain.log import LogKind
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import SigningKey
from services.certification.operations.log import add_to_log
from services.certification.queries.keys import find_active_key, find_announced_key, get_key, lock_keys
from shared.contracts.certification import SigningKeyChanged
from shared.db import audit, refusing
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox

_LOGGED = {
    KeyState.ANNOUNCED: LogKind.KEY_ADDED,
    KeyState.ACTIVE: LogKind.KEY_ADDED,
    KeyState.RETIRED: LogKind.KEY_RETIRED,
    KeyState.REVOKED: LogKind.KEY_REVOKED,
}


def announce_key(session: Session, *, actor: Actor, code: str, seal: Seal, now: datetime) -> SigningKey:
    """Tell the world of a key of the keyring before it signs. It has signed once, for a trial, when this returns.

    Raises SigningKeyUnknown, SigningKeyUnusable, and SigningKeyKnown where it was announced before.
    """
    require(PERMISSIONS, actor, Permission.KEY_CHANGE, Facts())
    held = _usable(seal, code)
    key = SigningKey(
        id=new_id(),
        code=code,
        purpose=held.purpose,
        algorithm=held.signer.algorithm,
        multibase=held.multibase,
        state=KeyState.ANNOUNCED,
        added_at=now,
    )
    known = dict.fromkeys(("uq_signing_key_code", "uq_signing_key_multibase"), lambda: SigningKeyKnown(key_code=code))
    with refusing(known):
        session.add(key)
        session.flush()
    _note(session, key, actor=actor, before=None, now=now)
    return key


def activate_key(session: Session, *, actor: Actor, code: str, seal: Seal, now: datetime) -> SigningKey:
    """Let an announced key sign from the commit on; the one that has signed so far is retired in the same instant.

    Raises SigningKeyTooFresh while caches may not know it yet (unless nobody signs for its purpose at all),
    SigningKeyUnknown, SigningKeyUnusable, and TransitionRefused where it is not announced.
    """
    require(PERMISSIONS, actor, Permission.KEY_CHANGE, Facts())
    held = _usable(seal, code)
    lock_keys(session)
    key = get_key(session, code=code)
    if held.multibase != key.multibase:
        raise SigningKeyUnknown(key_code=code)
    KEY_TRANSITIONS.check(key.state, KeyState.ACTIVE)
    active = find_active_key(session, purpose=key.purpose)
    if active is not None:
        if not is_announced_long_enough(announced_at=key.added_at, now=now):
            raise SigningKeyTooFresh(announced_at=key.added_at, minutes=int(ANNOUNCEMENT.total_seconds() // 60))
        _end(session, active, KeyState.RETIRED, actor=actor, now=now)
    _begin(session, key, actor=actor, now=now)
    return key


def retire_key(session: Session, *, actor: Actor, code: str, now: datetime) -> SigningKey:
    """Let a key sign no more; what it has signed stays good. Until another is activated nothing is signed for its
    purpose. Raises TransitionRefused where it does not sign."""
    require(PERMISSIONS, actor, Permission.KEY_CHANGE, Facts())
    lock_keys(session)
    key = get_key(session, code=code)
    _end(session, key, KeyState.RETIRED, actor=actor, now=now)
    return key


def revoke_key(session: Session, *, actor: Actor, code: str, reason: KeyRevocationReason, now: datetime) -> SigningKey:
    """Declare a key void: it leaves our did:web document, and whatever it has signed verifies no more.

    The key of the purpose that was announced first, if there is one, signs from the same instant on. Certificates that
    were signed with the void one are to be issued anew: `list_affected`. Raises TransitionRefused.
    """
    require(PERMISSIONS, actor, Permission.KEY_CHANGE, Facts())
    lock_keys(session)
    key = get_key(session, code=code)
    has_signed_until_now = key.state is KeyState.ACTIVE
    key.revocation_reason = reason
    key.revoked_at = now
    _end(session, key, KeyState.REVOKED, actor=actor, now=now)
    successor = find_announced_key(session, purpose=key.purpose)
    if has_signed_until_now and successor is not None:
        _begin(session, successor, actor=actor, now=now)
    return key


def _usable(seal: Seal, code: str) -> SealingKey:
    """The key of the keyring, after it has signed once for a trial."""
    held = seal.keyring.find(code)
    if held is None:
        raise SigningKeyUnknown(key_code=code)
    check_signer(held.signer)
    return held


def _begin(session: Session, key: SigningKey, *, actor: Actor, now: datetime) -> None:
    before = key.state
    key.state = KEY_TRANSITIONS.check(key.state, KeyState.ACTIVE)
    key.activated_at = now
    _note(session, key, actor=actor, before=before, now=now)


def _end(session: Session, key: SigningKey, state: KeyState, *, actor: Actor, now: datetime) -> None:
    before = key.state
    key.state = KEY_TRANSITIONS.check(key.state, state)
    key.ended_at = key.ended_at or now
    _note(session, key, actor=actor, before=before, now=now)


def _note(session: Session, key: SigningKey, *, actor: Actor, before: KeyState | None, now: datetime) -> None:
    session.flush()  # The place of the active key must be free before another takes it.
    after = {"state": key.state, "code": key.code, "purpose": key.purpose, "reason": key.revocation_reason}
    audit.record(
        session,
        actor=actor,
        action=Permission.KEY_CHANGE,
        subject="signing_key",
        subject_id=key.id,
        now=now,
        before={"state": before} if before else None,
        after=after,
    )
    event = SigningKeyChanged(key_id=key.id, code=key.code, purpose=key.purpose.value, state=key.state.value)
    outbox.append(session, event, now=now)
    add_to_log(session, kind=_LOGGED[key.state], subject_id=key.id, content=_content(key), salt="", now=now)


def _content(key: SigningKey) -> str:
    """What the log binds: the public half, and from the second entry on what has become of the key."""
    if key.state is KeyState.ANNOUNCED:
        return key.multibase
    return " ".join([key.multibase, key.state, *([key.revocation_reason] if key.revocation_reason else [])])
