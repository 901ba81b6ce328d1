"""Keys change in the middle of work: whoever signs, whoever changes them, and two at once."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.certification.domain.keys import KeyPurpose
from services.certification.operations import keys
from services.certification.queries.keys import lock_keys
from shared.kernel.clock import utc_now
from shared.kernel.errors import TransitionRefused
from tests.support.certification import World
from tests.support.key_changes import activate, announce, seal, states


def test_whoever_changes_keys_waits_for_whoever_signs_and_the_other_way_round(world: World, keyring: Path) -> None:
    """So no certificate is ever issued with a key that was revoked while it was signed."""
    announce(world)
    changer = threading.Thread(target=lambda: activate(world))
    with world.service.transaction() as session:
        held = keys.present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal(world), now=utc_now())
        changer.start()
        changer.join(timeout=0.5)
        assert changer.is_alive()
        again = keys.present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal(world), now=utc_now())
        assert again is held
    changer.join(timeout=10)
    assert states(world) == {"key-2026-1": "retired", "key-2026-2": "active"}

    found: list[str] = []

    def sign() -> None:
        with world.service.transaction() as session:
            found.append(
                keys.present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal(world), now=utc_now()).code
            )

    signer = threading.Thread(target=sign)
    with world.service.transaction() as session:
        lock_keys(session)
        signer.start()
        signer.join(timeout=0.5)
        assert signer.is_alive()
    signer.join(timeout=10)
    assert found == ["key-2026-2"]


def test_a_rotation_in_the_middle_of_a_batch_leaves_every_certificate_wholly_signed_by_one_key(
    world: World, keyring: Path
) -> None:
    world.level()
    world.service.worker.set_default()
    run_id = world.run()
    facts = [world.facts(world.person(f"Person {number}"), run_id) for number in range(12)]
    announce(world)
    half_done = threading.Event()

    def issue() -> None:
        for number, pair in enumerate(facts):
            world.hear(*pair)
            if number == 4:
                half_done.set()

    worker = threading.Thread(target=issue)
    worker.start()
    half_done.wait(30)
    activate(world)
    worker.join(timeout=60)
    certificates = world.certificates()
    assert len(certificates) == 12
    assert {c.signing_key_code for c in certificates} == {"key-2026-1", "key-2026-2"}
    for certificate in certificates:
        assert "genuine and valid" in world.service.client().words(f"/v/{certificate.number}")


def test_two_who_let_a_key_sign_at_once_leave_one_active_key(world: World, keyring: Path) -> None:
    announce(world)
    announce(world, "key-2026-3")
    refused: list[Exception] = []

    def turn(code: str) -> None:
        try:
            activate(world, code)
        except TransitionRefused as error:
            refused.append(error)

    both = [threading.Thread(target=turn, args=(code,)) for code in ("key-2026-2", "key-2026-3")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=20)
    assert not refused
    assert sorted(states(world).values()) == ["active", "retired", "retired"]


def test_the_database_itself_refuses_what_must_never_be(world: World, keyring: Path) -> None:
    for statement in (
        "UPDATE signing_key SET state = 'revoked' WHERE code = 'key-2026-1'",
        "UPDATE signing_key SET state = 'announced' WHERE code = 'key-2026-1'",
        "UPDATE signing_key SET code = 'a#b' WHERE code = 'key-2026-1'",
        "UPDATE signing_key SET purpose = 'credentials' WHERE code = 'wallet-2026-1'",
    ):
        with pytest.raises(sa.exc.IntegrityError), world.service.transaction() as session:
            session.execute(sa.text(statement))
