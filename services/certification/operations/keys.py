"""The record of signing keys: without it nobody could check what an older key signed."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.did import KEY_TRANSITIONS, KeyState, PublicKey, did_document
from services.certification.domain.errors import SigningKeyUnknown
from services.certification.domain.log import LogKind
from services.certification.models import SigningKey
from services.certification.operations.log import add_to_log
from services.certification.queries.keys import find_key, list_verifying_keys
from shared.kernel.ids import new_id


def register_key(session: Session, *, seal: Seal, now: datetime) -> None:
    """Make the present key known, once; retire the keys before it.

    Raises SigningKeyUnknown where its name stands for another key: a name is never used again.
    """
    row = {
        "id": new_id(),
        "code": seal.key_code,
        "multibase": seal.public_key,
        "state": KeyState.ACTIVE,
        "added_at": now,
    }
    added = session.scalars(
        insert(SigningKey).values(row).on_conflict_do_nothing().returning(SigningKey.id)
    ).one_or_none()
    known = find_key(session, code=seal.key_code)
    if known is None or known.multibase != seal.public_key or known.state is not KeyState.ACTIVE:
        raise SigningKeyUnknown(key_code=seal.key_code)
    if added is None:
        return
    for key in list_verifying_keys(session):
        if key.id != added and key.state is KeyState.ACTIVE:
            key.state = KEY_TRANSITIONS.check(key.state, KeyState.RETIRED)
            key.ended_at = now
    add_to_log(session, kind=LogKind.KEY_ADDED, subject_id=added, content=seal.public_key, salt="", now=now)


def describe_keys(session: Session, *, seal: Seal) -> dict[str, object]:
    """Our did:web document, with every key that still verifies."""
    keys = [PublicKey(code=key.code, multibase=key.multibase) for key in list_verifying_keys(session)]
    return did_document(seal.issuer.did, keys)


def find_public_key(session: Session, *, method: str, seal: Seal) -> str | None:
    """The public key of a full key address of ours, while it still verifies."""
    did, _, code = method.partition("#")
    if did != seal.issuer.did:
        return None
    key = find_key(session, code=code)
    return key.multibase if key and key.state is not KeyState.REVOKED else None
