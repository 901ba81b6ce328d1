"""The life of signing keys: known before they sign, changed in the middle of work, void at once where they must be."""

import dataclasses
import json
import shutil
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from joserfc.jwk import OKPKey

from services.certification.adapters.seal import Seal
from services.certification.adapters.signers import SigningKeyUnusable
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.domain.errors import (
    SigningKeyKnown,
    SigningKeyMissing,
    SigningKeyTooFresh,
    SigningKeyUnknown,
)
from services.certification.domain.keys import KeyPurpose, KeyRevocationReason, KeyState
from services.certification.domain.status import StatusPurpose
from services.certification.models import SigningKey, StatusList
from services.certification.operations import key_changes, keys
from services.certification.operations.seals import seal_of
from services.certification.operations.status import allocate_entry, sign_due_lists
from services.certification.queries.keys import lock_keys
from services.certification.tasks.inbound import HANDLERS
from shared.contracts.certification import SigningKeyChanged
from shared.contracts.codec import _decode
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.errors import TransitionRefused
from shared.kernel.ids import new_id
from shared.worker.receive import receive_envelope
from tests.support.certification import World

LATER = timedelta(minutes=11)


@pytest.fixture
def keyring(world: World, tmp_path: Path) -> Path:
    """The folder of a keyring with a second and a third key for credentials, which nobody has been told of."""
    settings = world.service.resources.settings
    folder = tmp_path / "keys"
    shutil.copytree(settings.signing_keys_file.parent, folder)
    listed = json.loads((folder / "signing-keys.json").read_text())
    # The first key of a purpose that is asked for is the newest; these are to come later.
    with world.service.transaction() as session:
        keys.ensure_keys(session, seal=seal_of(settings), now=utc_now())
    for number in (2, 3):
        name = f"key-2026-{number}"
        (folder / f"{name}.json").write_text(json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)))
        listed["keys"].append({"code": name, "purpose": "credentials", "store": "file", "path": f"{name}.json"})
    (folder / "signing-keys.json").write_text(json.dumps(listed))
    world.service.resources.settings = dataclasses.replace(settings, signing_keys_file=folder / "signing-keys.json")
    return folder


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


def test_the_office_rotates_and_revokes_on_its_page(world: World, keyring: Path) -> None:
    certificate = world.certify(world.person("Ayşe Gül"))
    office = world.office()
    page = "/certification/office/keys"
    assert "Announce key-2026-2" in office.words(page)
    assert "does not sign yet" in office.words(f"{page}/key-2026-2/announce")
    assert office.post(f"{page}/key-2026-2/announce").status_code == 303
    too_early = office.post(f"{page}/key-2026-2/activate")
    assert too_early.status_code == 422
    assert "10 minutes later" in too_early.text
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE signing_key SET added_at = added_at - interval '1 hour'"))
    assert office.post(f"{page}/key-2026-2/activate").status_code == 303
    assert states(world) == {"key-2026-1": "retired", "key-2026-2": "active"}
    assert office.post(f"{page}/key-2026-1/revoke").status_code == 422
    assert office.post(f"{page}/key-2026-1/revoke", data={"reason": "suspected"}).status_code == 303
    words = office.words(f"{page}/key-2026-1")
    assert "Make a certificate anew" in words
    assert "Somebody else may have had the key." in words
    assert "Ayşe Gül" in words
    assert office.get(f"{page}/unknown").status_code == 404
    stranger = world.service.client().words(f"/v/{certificate.number}")
    assert "genuine and valid" not in stranger


def test_two_web_processes_with_different_keyrings_say_so_and_the_did_document_is_the_same(
    world: World, keyring: Path
) -> None:
    certificate = world.certify(world.person())
    announce(world)
    activate(world)
    listed = json.loads((keyring / "signing-keys.json").read_text())
    listed["keys"] = [key for key in listed["keys"] if key["code"] != "key-2026-2"]
    (keyring / "other.json").write_text(json.dumps(listed))
    settings = world.service.resources.settings
    world.service.resources.settings = dataclasses.replace(settings, signing_keys_file=keyring / "other.json")
    assert "key-2026-2" in published(world)
    office = world.office()
    assert "missing on this server" in office.words("/certification/office/keys")
    form: dict[str, Any] = {"reason": "holder_asked", "note": "x"}
    answer = office.post(f"/certification/office/certificates/{certificate.number}/revoke", data=form)
    assert answer.status_code in (422, 503)
    assert "key-2026-2" in answer.text


def test_commands_do_what_the_page_does(world: World, keyring: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from services.certification.cli import make_parser

    certificate = world.certify(world.person())

    def run(*words: str) -> str:
        parser = make_parser(world.service.resources)
        given = parser.parse_args(["keys", *words])
        given.command(given)
        return capsys.readouterr().out

    assert "key-2026-2" in run("list")
    assert "announced" in run("announce", "key-2026-2")
    with pytest.raises(SystemExit):
        run("activate", "key-2026-2")
    assert "SigningKeyTooFresh" in capsys.readouterr().err
    run("revoke", "key-2026-1", "--reason", "compromised")
    assert states(world) == {"key-2026-1": "revoked", "key-2026-2": "active"}
    assert run("affected", "key-2026-1").split() == [certificate.number]
    with pytest.raises(SystemExit):
        run("retire", "key-2026-1")
    run("retire", "key-2026-2")
    assert KeyState.ACTIVE not in states(world).values()
