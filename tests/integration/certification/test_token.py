"""Certificates whose keys lie in a token: issued, verified, and nothing lost while it does not answer."""

import dataclasses
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.certification.adapters.signers.pkcs11 import Token
from services.certification.domain.certificates import CertificateState
from services.certification.domain.keys import KeyAlgorithm
from services.certification.tasks.inbound import HANDLERS
from shared.worker.receive import receive_envelope
from tests.support.certification import World
from tests.support.softhsm import SoftHsm, softhsm


@pytest.fixture
def token(world: World, tmp_path: Path) -> Iterator[SoftHsm]:
    """The keys for credentials and wallets are in a token; the one for documents stays in its file."""
    settings = world.service.resources.settings
    old = settings.signing_keys_file
    with softhsm(tmp_path / "hsm") as hsm:
        hsm.make_key("key-2026-9", KeyAlgorithm.ED25519)
        common: dict[str, Any] = {"store": "pkcs11", "module": str(hsm.module), "token": "memo"}
        listed = [
            {**common, "code": "key-2026-9", "purpose": "credentials", "label": "key-2026-9"},
        ]
        for key in listed:
            key |= {"pin_file": str(hsm.pin_file), "seconds": 0.3}
        files = [key for key in json.loads(old.read_text())["keys"] if key["purpose"] != "credentials"]
        for key in files:
            key |= {name: str(old.parent / key[name]) for name in ("path", "chain") if name in key}
        path = tmp_path / "signing-keys.json"
        path.write_text(json.dumps({"keys": listed + files}))
        world.service.resources.settings = dataclasses.replace(settings, signing_keys_file=path)
        yield hsm


def test_a_certificate_from_a_token_is_genuine(world: World, token: SoftHsm) -> None:
    certificate = world.certify(world.person())
    assert certificate.signing_key_code == "key-2026-9"
    assert "genuine and valid" in world.service.client().words(f"/v/{certificate.number}")
    token.restart()
    again = world.certify(world.person("Nach dem Neustart"))
    assert "genuine and valid" in world.service.client().words(f"/v/{again.number}")


def test_while_the_token_stalls_nothing_is_half_done_and_afterwards_everything_is(
    world: World, token: SoftHsm, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = world.certify(world.person("Petra Probe"))
    facts = world.facts(world.person("Wartet"), world.run())
    world.hear(facts[0])
    waiting = world.envelope(facts[1])
    goes_on, whole = threading.Event(), Token._private

    def stall(self: Token, *given: Any) -> Any:
        goes_on.wait(30)
        return whole(self, *given)

    monkeypatch.setattr(Token, "_private", stall)
    office = world.office()
    path, form = (
        f"/certification/office/certificates/{certificate.number}/revoke",
        {"reason": "holder_asked", "note": "x"},
    )
    answer = office.post(path, data=form)
    assert answer.status_code == 422
    assert "cannot be reached at the moment" in answer.text
    assert receive_envelope(waiting, HANDLERS) == "failed"
    assert [c.state for c in world.certificates()] == [CertificateState.ISSUED]
    assert not world.sent("certification.certificate_revoked")
    assert "genuine and valid" in world.service.client().words(f"/v/{certificate.number}")
    assert office.get("/certification/office/keys").status_code == 200
    monkeypatch.undo()
    goes_on.set()
    assert _soon(lambda: receive_envelope(waiting, HANDLERS) == "handled")
    assert office.post(path, data=form).status_code == 303
    assert len(world.certificates()) == 2
    assert len(world.sent("certification.certificate_revoked")) == 1


def _soon(is_so: Any) -> bool:
    """The stalled call returns on its own thread, a moment after it is let go."""
    pause = threading.Event()
    return any(is_so() or pause.wait(0.1) for _ in range(50))
