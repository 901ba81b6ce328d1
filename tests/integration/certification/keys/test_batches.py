"""Batches while what they need changes or fails: another key signs, a token stalls, the store of files is away."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from botocore.exceptions import EndpointConnectionError

from services.certification.adapters.proofs import has_valid_proof
from services.certification.domain.batches import BatchState
from services.certification.domain.keys import KeyAlgorithm
from services.certification.operations import batches
from services.certification.tasks.documents import make_documents
from services.certification.tasks.inbound import HANDLERS
from shared.contracts.certification import BatchStepDue, DocumentsDue
from shared.documents import Documents
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging.inbox import Outcome
from shared.worker.receive import receive_envelope
from tests.support.certification import World
from tests.support.key_changes import activate, announce, revoke, seal
from tests.support.softhsm import SoftHsm, softhsm

PEOPLE = 24
STEP = 2


@pytest.fixture
def batch_id(world: World, keyring: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A batch of a course whose people's names have just arrived. A step does two."""
    monkeypatch.setattr(batches, "STEP_SIZE", STEP)
    world.level()
    world.service.worker.set_default()
    run_id = world.run()
    people = [new_id() for _ in range(PEOPLE)]
    for person_id in people:
        world.hear(*world.facts(person_id, run_id))
    with world.service.transaction() as session:
        session.execute(
            sa.text(
                "INSERT INTO person_copy (person_id, full_name, language, session_version, is_active, roles)"
                " VALUES (:id, :name, 'de', 1, true, '[]')"
            ),
            [{"id": person_id, "name": f"Person {number}"} for number, person_id in enumerate(people)],
        )
        batch = batches.start_batch(session, actor=SYSTEM, title="Kurs", run_id=run_id, level_code=None, now=utc_now())
        return batch.id


def step(world: World, batch_id: UUID) -> BatchState:
    """What a worker does with one message; the state of the batch afterwards."""
    event = BatchStepDue(lane_id=new_id(), batch_id=batch_id)
    assert receive_envelope(world.envelope(event), HANDLERS) == Outcome.HANDLED
    with world.service.transaction() as session:
        return batches.get_batch(session, batch_id=batch_id).state


def finish(world: World, batch_id: UUID) -> None:
    for _ in range(PEOPLE):
        if step(world, batch_id) is BatchState.FINISHED:
            return
    raise AssertionError("the batch does not end")


def each_exactly_once(world: World) -> bool:
    """Whether everybody has one certificate, with one event, one log entry and one status entry, and nobody more."""
    with world.service.transaction() as session:
        counted = [
            session.scalar(sa.text(f"SELECT count(*) FROM {what}"))
            for what in (
                "certificate",
                "(SELECT DISTINCT person_id FROM certificate) AS people",
                "(SELECT DISTINCT subject_id FROM outbox_message"
                " WHERE type = 'certification.certificate_issued') AS events",
                "outbox_message WHERE type = 'certification.certificate_issued'",
                "log_entry WHERE kind = 'certificate_issued'",
                "status_entry",
                "batch_item WHERE outcome = 'issued'",
            )
        ]
    return counted == [PEOPLE] * len(counted)


def told_of(world: World, event_type: str) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """What was told of each subject, and its place in the order of the outbox."""
    query = sa.text("SELECT subject_id, sequence, payload FROM outbox_message WHERE type = :type")
    with world.service.transaction() as session:
        return {row.subject_id: (row.sequence, row.payload) for row in session.execute(query, {"type": event_type})}


def test_a_key_that_takes_over_in_the_middle_signs_all_that_follow_and_every_certificate_verifies(
    world: World, batch_id: UUID
) -> None:
    announce(world)
    half_done = threading.Event()

    def work() -> None:
        while step(world, batch_id) is not BatchState.FINISHED:
            half_done.set()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert half_done.wait(30)
    activate(world)
    for worker in workers:
        worker.join(timeout=60)

    assert each_exactly_once(world)
    issued = told_of(world, "certification.certificate_issued")
    changes = told_of(world, "certification.signing_key_changed").values()
    did = world.service.client().get("/.well-known/did.json").get_json(force=True)
    public_keys = {
        method["id"]: method["publicKeyMultibase"]
        for method in did["verificationMethod"]
        if "publicKeyMultibase" in method
    }
    (changed,) = [place for place, change in changes if (change["code"], change["state"]) == ("key-2026-2", "active")]
    for certificate in world.certificates():
        active = "key-2026-1" if issued[certificate.id][0] < changed else "key-2026-2"
        document = json.loads(certificate.credential)
        method = document["proof"]["verificationMethod"]
        assert method.endswith(f"#{active}")
        assert has_valid_proof(document, public_key=public_keys[method])
    assert {c.signing_key_code for c in world.certificates()} == {"key-2026-1", "key-2026-2"}


@pytest.fixture
def token(world: World, keyring: Path, tmp_path: Path) -> Iterator[Any]:
    """The signer of a key in a token, which signs credentials from now on. It may take a fifth of a second."""
    (tmp_path / "hsm").mkdir()
    with softhsm(tmp_path / "hsm") as hsm:
        yield _let_token_sign(world, keyring, hsm)


def _let_token_sign(world: World, keyring: Path, hsm: SoftHsm) -> Any:
    hsm.make_key("key-2026-2", KeyAlgorithm.ED25519)
    listed = json.loads((keyring / "signing-keys.json").read_text())
    (entry,) = [key for key in listed["keys"] if key["code"] == "key-2026-2"]
    place = {"module": str(hsm.module), "token": "memo", "label": "key-2026-2", "pin_file": str(hsm.pin_file)}
    entry.update({"store": "pkcs11", "seconds": 0.2, **place})
    (keyring / "signing-keys.json").write_text(json.dumps(listed))
    announce(world)
    activate(world)
    signer: Any = seal(world).keyring.keys["key-2026-2"].signer
    return signer.token


def test_while_the_token_stalls_the_batch_waits_says_so_and_goes_on_afterwards(
    world: World, token: Any, batch_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, path = world.office(), f"/certification/office/batches/{batch_id}"
    step(world, batch_id)
    goes_on = threading.Event()
    whole = token._private

    def stall(*given: Any) -> Any:
        goes_on.wait(30)
        return whole(*given)

    with monkeypatch.context() as patch:
        patch.setattr(token, "_private", stall)
        before = utc_now()
        assert {step(world, batch_id) for _ in range(3)} == {BatchState.RUNNING}
        assert len(world.certificates()) == STEP
        words = office.words(path)
        assert "The signing key does not answer" in words
        assert "goes on by itself" in words
        with world.service.transaction() as session:
            due = session.scalar(
                sa.text("SELECT min(available_at) FROM outbox_message WHERE available_at > :now"), {"now": before}
            )
            assert batches.wake_batches(session, now=utc_now() + timedelta(seconds=90)) == 0
            assert session.scalar(sa.text("SELECT count(*) FROM inbox_message WHERE failures > 0")) == 0
        assert timedelta(seconds=5) < due - before < timedelta(minutes=1), "each lane tries again by itself"
        goes_on.set()
    token._line._last.result(10)

    finish(world, batch_id)
    assert each_exactly_once(world)
    assert "does not answer" not in office.words(path)
    for certificate in world.certificates():
        assert certificate.signing_key_code == "key-2026-2"
        assert "genuine and valid" in world.service.client().words(f"/v/{certificate.number}")


def test_where_no_key_signs_the_batch_says_so_and_can_still_be_paused(world: World, batch_id: UUID) -> None:
    revoke(world)
    step(world, batch_id)
    office, path = world.office(), f"/certification/office/batches/{batch_id}"
    assert "Let another key sign" in office.words(path)
    assert office.post(f"{path}/pause").status_code == 303
    assert "Let another key sign" not in office.words(path)
    assert world.certificates() == []


def test_while_the_store_is_away_certificates_are_issued_and_their_documents_follow(
    world: World, batch_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise EndpointConnectionError(endpoint_url="http://s3")

    office, path = world.office(), f"/certification/office/batches/{batch_id}"
    with monkeypatch.context() as patch:
        patch.setattr(Documents, "put", away)
        finish(world, batch_id)
        for told in world.sent("certification.documents_due"):
            world.hear(DocumentsDue(certificate_ids=tuple(map(UUID, told["certificate_ids"]))))
        assert each_exactly_once(world)
        words = office.words(path)
    assert "The file store does not answer" in words
    assert "Documents wait" in words
    assert f"Documents stored: 0 of {PEOPLE}" in words
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE document SET try_at = now(), tried_at = now() - interval '1 hour'"))
    make_documents()
    words = office.words(path)
    assert "does not answer" not in words
    assert f"Documents stored: {PEOPLE} of {PEOPLE}" in words
