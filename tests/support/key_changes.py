"""What is done with signing keys, and what strangers are told of them."""

from datetime import timedelta

import sqlalchemy as sa

from services.certification.adapters.seal import Seal
from services.certification.domain.keys import KeyRevocationReason
from services.certification.models import SigningKey
from services.certification.operations import key_changes
from services.certification.operations.seals import seal_of
from shared.contracts.certification import SigningKeyChanged
from shared.contracts.codec import _decode
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from tests.support.certification import World

LATER = timedelta(minutes=11)


def seal(world: World) -> Seal:
    return seal_of(world.service.resources.settings)


def announce(world: World, code: str = "key-2026-2") -> None:
    with world.service.transaction() as session:
        key_changes.announce_key(session, actor=SYSTEM, code=code, seal=seal(world), now=utc_now())


def activate(world: World, code: str = "key-2026-2", *, after: timedelta = LATER) -> None:
    with world.service.transaction() as session:
        key_changes.activate_key(session, actor=SYSTEM, code=code, seal=seal(world), now=utc_now() + after)


def revoke(world: World, code: str = "key-2026-1") -> None:
    with world.service.transaction() as session:
        key_changes.revoke_key(session, actor=SYSTEM, code=code, reason=KeyRevocationReason.COMPROMISED, now=utc_now())


def states(world: World) -> dict[str, str]:
    with world.service.transaction() as session:
        rows = session.execute(sa.select(SigningKey.code, SigningKey.state).where(SigningKey.purpose == "credentials"))
        return {code: state.value for code, state in rows}


def published(world: World) -> set[str]:
    document = world.service.client().get("/.well-known/did.json").json
    assert document is not None
    assert document["assertionMethod"] == [method["id"] for method in document["verificationMethod"]]
    return {method["id"].partition("#")[2] for method in document["verificationMethod"]}


def follow(world: World) -> None:
    """Let the worker do what key changes ask of it."""
    for payload in world.sent("certification.signing_key_changed"):
        world.hear(_decode(SigningKeyChanged, payload))
