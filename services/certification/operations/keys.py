"""The record of signing keys: which one signs now, and which ones still verify. Their life: key_changes.py."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import jwk_of_multikey
from services.certification.adapters.seal import Seal
from services.certification.domain.did import PublicKey, did_document
from services.certification.domain.errors import SigningKeyMissing, SigningKeyUnknown
from services.certification.domain.keys import (
    PUBLISHED_PURPOSES,
    KeyPurpose,
    KeyState,
)
from services.certification.domain.log import LogKind
from services.certification.models import SigningKey
from services.certification.operations.log import add_to_log
from services.certification.queries.keys import (
    find_active_key,
    has_any_key,
    hold_keys,
    list_verifying_keys,
)
from shared.kernel.ids import new_id


def present_key(session: Session, *, purpose: KeyPurpose, seal: Seal, now: datetime) -> SealingKey:
    """The key that signs now; it stays so until this transaction ends.

    The first time a purpose is asked for, the newest key of the keyring becomes it. Raises SigningKeyMissing where the
    last one was revoked and none has followed, and SigningKeyUnknown where the active key is not in this process's
    keyring, or its name stands for another key there.
    """
    hold_keys(session)
    active = find_active_key(session, purpose=purpose)
    if active is None:
        active = _activate_first(session, purpose=purpose, seal=seal, now=now)
    key = seal.keyring.find(active.code)
    if key is None or key.multibase != active.multibase:
        raise SigningKeyUnknown(key_code=active.code)
    return key


def ensure_keys(session: Session, *, seal: Seal, now: datetime) -> None:
    """Record a first key for every purpose that the keyring has one for, so that it is known before it signs."""
    for purpose in KeyPurpose:
        if seal.keyring.has(purpose) and not has_any_key(session, purpose=purpose):
            _activate_first(session, purpose=purpose, seal=seal, now=now)


def describe_keys(session: Session, *, seal: Seal) -> dict[str, object]:
    """Our did:web document, with every key that speaks for credentials and still verifies."""
    keys = [
        PublicKey(code=key.code, multibase=key.multibase, jwk=jwk_of_multikey(key.multibase))
        for key in list_verifying_keys(session, purposes=PUBLISHED_PURPOSES)
    ]
    return did_document(seal.issuer.did, keys)


def _activate_first(session: Session, *, purpose: KeyPurpose, seal: Seal, now: datetime) -> SigningKey:
    """Two at once make one: the constraint on the active key of a purpose lets the first through."""
    if has_any_key(session, purpose=purpose):
        raise SigningKeyMissing(purpose=purpose)
    key = seal.keyring.newest(purpose)
    row = {
        "id": new_id(),
        "code": key.code,
        "purpose": purpose,
        "algorithm": key.signer.algorithm,
        "multibase": key.multibase,
        "state": KeyState.ACTIVE,
        "added_at": now,
        "activated_at": now,
    }
    added = session.scalars(
        insert(SigningKey).values(row).on_conflict_do_nothing().returning(SigningKey.id)
    ).one_or_none()
    if added is not None:
        add_to_log(session, kind=LogKind.KEY_ADDED, subject_id=added, content=key.multibase, salt="", now=now)
    active = find_active_key(session, purpose=purpose)
    if active is None:
        raise SigningKeyUnknown(key_code=key.code)
    return active
