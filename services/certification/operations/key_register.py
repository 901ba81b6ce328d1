"""What the office and operators see of the signing keys and of the lists that they sign."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.keys import (
    ALGORITHMS,
    ANNOUNCEMENT,
    KEY_TRANSITIONS,
    KeyAlgorithm,
    KeyPurpose,
    KeyRevocationReason,
    KeyState,
)
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import Certificate, SigningKey
from services.certification.queries.cursors import read_cursor
from services.certification.queries.keys import count_signed, get_key, list_keys, list_signed
from services.certification.queries.status import ListStanding, list_standings
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, require


@dataclass(frozen=True)
class KeyFacts:
    """One key as the office sees it."""

    code: str
    purpose: KeyPurpose
    algorithm: KeyAlgorithm
    state: KeyState
    multibase: str
    added_at: datetime
    activated_at: datetime | None
    ended_at: datetime | None
    revoked_at: datetime | None
    revocation_reason: KeyRevocationReason | None
    #: How many certificates it has signed; of other things than certificates no count is kept.
    certificates: int | None
    #: Whether this process can sign with it.
    is_held: bool

    @property
    def since(self) -> datetime:
        """When its present state began."""
        return self.revoked_at or self.ended_at or self.activated_at or self.added_at

    @property
    def ready_at(self) -> datetime:
        """When everybody can know it, so that it may sign."""
        return self.added_at + ANNOUNCEMENT

    def may_become(self, state: KeyState) -> bool:
        """Whether this step is open to it."""
        return KEY_TRANSITIONS.allows(self.state, state)


@dataclass(frozen=True)
class WaitingKey:
    """A key of the keyring that nobody has been told of."""

    code: str
    purpose: KeyPurpose
    algorithm: KeyAlgorithm


@dataclass(frozen=True)
class KeyRegister:
    """All keys, those that wait to be announced, and the lists."""

    keys: tuple[KeyFacts, ...]
    waiting: tuple[WaitingKey, ...]
    lists: tuple[ListStanding, ...]


def read_key_register(session: Session, *, actor: Actor, seal: Seal) -> KeyRegister:
    """Everything about keys on one page. No token and no service is asked for it."""
    require(PERMISSIONS, actor, Permission.KEY_LIST, Facts())
    counts, keys = count_signed(session), list_keys(session)
    known = {key.code for key in keys}
    waiting = (
        WaitingKey(code=held.code, purpose=held.purpose, algorithm=ALGORITHMS[held.purpose])
        for held in seal.keyring.keys.values()
        if held.code not in known
    )
    return KeyRegister(
        keys=tuple(_facts(key, counts, seal) for key in keys),
        waiting=tuple(waiting),
        lists=tuple(list_standings(session)),
    )


def read_key(session: Session, *, actor: Actor, code: str, seal: Seal) -> KeyFacts:
    """One key that was announced. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.KEY_LIST, Facts())
    return _facts(get_key(session, code=code), count_signed(session), seal)


def read_waiting_key(*, actor: Actor, code: str, seal: Seal) -> WaitingKey:
    """One key of the keyring. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.KEY_LIST, Facts())
    held = seal.keyring.find(code)
    if held is None:
        raise NotFound(kind="key")
    return WaitingKey(code=held.code, purpose=held.purpose, algorithm=ALGORITHMS[held.purpose])


def list_affected(
    session: Session, *, actor: Actor, code: str, after: list[Any] | None, limit: int
) -> list[Certificate]:
    """The certificates that a key has signed, the oldest first. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.KEY_LIST, Facts())
    get_key(session, code=code)
    return list_signed(session, code=code, after=read_cursor(after), limit=limit)


def _facts(key: SigningKey, counts: dict[str, int], seal: Seal) -> KeyFacts:
    return KeyFacts(
        code=key.code,
        purpose=key.purpose,
        algorithm=key.algorithm,
        state=key.state,
        multibase=key.multibase,
        added_at=key.added_at,
        activated_at=key.activated_at,
        ended_at=key.ended_at,
        revoked_at=key.revoked_at,
        revocation_reason=key.revocation_reason,
        certificates=counts.get(key.code, 0) if key.purpose is KeyPurpose.CREDENTIALS else None,
        is_held=seal.keyring.find(key.code) is not None,
    )
