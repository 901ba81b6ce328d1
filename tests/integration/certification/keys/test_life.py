"""The life of signing keys: known before they sign, void at once where they must be."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.certification.adapters.signers import SigningKeyUnusable
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.domain.errors import (
    SigningKeyKnown,
    SigningKeyMissing,
    SigningKeyTooFresh,
    SigningKeyUnknown,
)
from services.certification.domain.status import StatusPurpose
from services.certification.models import StatusList
from services.certification.operations import key_changes, keys
from services.certification.operations.status import allocate_entry, sign_due_lists
from services.certification.tasks.inbound import HANDLERS
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.errors import TransitionRefused
from shared.kernel.ids import new_id
from shared.worker.receive import receive_envelope
from tests.support.certification import World
from tests.support.key_changes import LATER, activate, announce, follow, published, revoke, seal, states


def test_keys_are_known_before_the_first_certificate_and_seals_of_documents_are_no_keys_for_credentials(
    world: World, keyring: Path
) -> None:
    assert published(world) == {"key-2026-1", "key-2026-1-jwk", "wallet-2026-1", "wallet-2026-1-jwk"}
    with world.service.transaction() as session:
        keys.ensure_keys(session, seal=seal(world), now=utc_now())
    assert states(world) == {"key-2026-1": "active"}


def test_a_key_is_announced_before_it_signs_and_the_old_one_stays_known(world: World, keyring: Path) -> None:
    before = world.certify(world.person("Vorher"))
    announce(world)
    assert states(world) == {"key-2026-1": "active", "key-2026-2": "announced"}
    assert {"key-2026-1", "key-2026-2"} <= published(world)
    activate(world)
    after = world.certify(world.person("Nachher"))
    assert states(world) == {"key-2026-1": "retired", "key-2026-2": "active"}
    assert {"key-2026-1", "key-2026-2"} <= published(world)
    assert (before.signing_key_code, after.signing_key_code) == ("key-2026-1", "key-2026-2")
    for certificate in (before, after):
        assert "genuine" in world.service.client().words(f"/v/{certificate.number}")


def test_a_key_that_caches_cannot_know_yet_does_not_sign(world: World, keyring: Path) -> None:
    announce(world)
    with pytest.raises(SigningKeyTooFresh):
        activate(world, after=timedelta(minutes=9))
    assert states(world) == {"key-2026-1": "active", "key-2026-2": "announced"}


def test_a_key_is_announced_once_and_only_from_the_keyring(world: World, keyring: Path) -> None:
    announce(world)
    with pytest.raises(SigningKeyKnown):
        announce(world)
    with pytest.raises(SigningKeyUnknown):
        announce(world, "key-2099-1")


def test_a_key_that_cannot_sign_is_neither_announced_nor_activated(
    world: World, keyring: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stall(self: object, message: bytes) -> bytes:
        raise SigningKeyUnusable("it does not answer")

    announce(world)
    monkeypatch.setattr(Ed25519Signer, "sign", stall)
    with pytest.raises(SigningKeyUnusable):
        announce(world, "key-2026-3")
    with pytest.raises(SigningKeyUnusable):
        activate(world)
    assert states(world) == {"key-2026-1": "active", "key-2026-2": "announced"}


def test_a_revoked_key_leaves_the_did_document_and_the_announced_one_takes_over_with_the_lists(
    world: World, keyring: Path
) -> None:
    certificate = world.certify(world.person())
    announce(world)
    revoke(world)
    assert states(world) == {"key-2026-1": "revoked", "key-2026-2": "active"}
    assert published(world) == {"key-2026-2", "key-2026-2-jwk", "wallet-2026-1", "wallet-2026-1-jwk"}
    follow(world)
    with world.service.transaction() as session:
        documents = session.scalars(sa.select(StatusList.document)).all()
    assert documents
    assert all("#key-2026-2" in document for document in documents)
    assert "genuine and valid" not in world.service.client().words(f"/v/{certificate.number}")


def test_without_a_successor_nothing_is_issued_until_there_is_one_and_then_everything(
    world: World, keyring: Path
) -> None:
    world.certify(world.person("Vorher"))
    revoke(world)
    follow(world)
    facts = world.facts(world.person("Wartet"), world.run())
    world.hear(facts[0])
    with pytest.raises(SigningKeyMissing):
        world.hear(facts[1])
    assert len(world.certificates()) == 1
    announce(world)
    activate(world, after=timedelta(0))
    world.hear(facts[1])
    assert [c.signing_key_code for c in world.certificates()] == ["key-2026-1", "key-2026-2"]


def test_messages_that_wait_for_a_key_are_never_set_aside(world: World, keyring: Path) -> None:
    world.certify(world.person("Vorher"))
    revoke(world)
    facts = world.facts(world.person("Wartet"), world.run())
    world.hear(facts[0])
    waiting = world.envelope(facts[1])
    assert {receive_envelope(waiting, HANDLERS) for _ in range(25)} == {"failed"}
    announce(world)
    activate(world, after=timedelta(0))
    assert receive_envelope(waiting, HANDLERS) == "handled"
    assert len(world.certificates()) == 2


def test_a_purpose_without_a_key_holds_up_no_lists_of_another(world: World, keyring: Path) -> None:
    world.certify(world.person())
    with world.service.transaction() as session:
        allocate_entry(session, purpose=StatusPurpose.WALLET, subject_id=new_id(), seal=seal(world), now=utc_now())
    revoke(world, "wallet-2026-1")
    announce(world)
    activate(world)
    follow(world)
    with world.service.transaction() as session:
        assert sign_due_lists(session, seal=seal(world), now=utc_now() + timedelta(days=1)) == 1
        document = session.scalars(sa.select(StatusList.document).where(StatusList.purpose == "revocation")).one()
    assert "#key-2026-2" in document


def test_a_retired_or_revoked_key_never_signs_again(world: World, keyring: Path) -> None:
    announce(world)
    activate(world)
    for step in (
        lambda session: key_changes.activate_key(
            session, actor=SYSTEM, code="key-2026-1", seal=seal(world), now=utc_now() + LATER
        ),
        lambda session: key_changes.retire_key(session, actor=SYSTEM, code="key-2026-1", now=utc_now()),
    ):
        with pytest.raises(TransitionRefused), world.service.transaction() as session:
            step(session)
    revoke(world)
    with pytest.raises(TransitionRefused):
        revoke(world)


def test_every_step_is_audited_logged_and_told(world: World, keyring: Path) -> None:
    announce(world)
    activate(world)
    revoke(world, "key-2026-2")
    with world.service.transaction() as session:
        audited = session.scalars(
            sa.text("SELECT after ->> 'state' FROM audit_entry WHERE subject = 'signing_key' ORDER BY occurred_at, id")
        ).all()
        logged = session.scalars(
            sa.text("SELECT kind FROM log_entry WHERE kind LIKE 'key%' ORDER BY sequence OFFSET 3")
        ).all()
    assert sorted(audited) == ["active", "announced", "retired", "revoked"]
    assert sorted(logged) == ["key_added", "key_added", "key_retired", "key_revoked"]
    assert sorted(told["state"] for told in world.sent("certification.signing_key_changed")) == sorted(audited)
