"""Issuing anew what a revoked key has signed: all of its certificates that count, as one batch."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.domain.batches import BatchKind
from services.certification.domain.errors import SigningKeyMissing, SigningKeyStillGood
from services.certification.domain.keys import KeyPurpose, KeyState
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import IssueBatch
from services.certification.operations.batches import reissue_as_batch
from services.certification.queries.batches import find_open_batch
from services.certification.queries.keys import find_active_key, get_key, list_signed_in_force, lock_key
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require


@dataclass(frozen=True)
class KeyReissue:
    """What issuing anew would mean for one key."""

    code: str
    state: KeyState
    #: How many certificates would be made anew.
    due: int
    #: The key that would sign them; None where none does now.
    next_code: str | None
    #: The batch that does it already, running or paused.
    batch: IssueBatch | None


def read_reissue(session: Session, *, actor: Actor, code: str) -> KeyReissue:
    """What issuing anew all that a key has signed would mean. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    key = get_key(session, code=code)
    signs = find_active_key(session, purpose=KeyPurpose.CREDENTIALS)
    return KeyReissue(
        code=key.code,
        state=key.state,
        due=len(list_signed_in_force(session, code=code)),
        next_code=signs.code if signs else None,
        batch=find_open_batch(session, kind=BatchKind.REISSUE, title=code),
    )


def reissue_signed(session: Session, *, actor: Actor, code: str, now: datetime) -> IssueBatch:
    """Issue anew every certificate that counts and that a revoked key has signed; a batch that does so already is it.

    Raises NotFound, SigningKeyStillGood, SigningKeyMissing while no key signs, NothingToIssue.
    """
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    key = lock_key(session, code=code)  # Two who press the button at once start one batch.
    if key.state is not KeyState.REVOKED:
        raise SigningKeyStillGood(key_code=code)
    under_way = find_open_batch(session, kind=BatchKind.REISSUE, title=code)
    if under_way is not None:
        return under_way
    if find_active_key(session, purpose=KeyPurpose.CREDENTIALS) is None:
        raise SigningKeyMissing(purpose=KeyPurpose.CREDENTIALS)
    certificate_ids = list_signed_in_force(session, code=code)
    return reissue_as_batch(session, actor=actor, title=code, certificate_ids=certificate_ids, now=now)
