"""The office changes keys on its page and by command."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.certification.cli import make_parser
from services.certification.domain.keys import KeyState
from tests.support.certification import World
from tests.support.key_changes import activate, announce, published, states


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
