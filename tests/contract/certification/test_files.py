"""Each file that a holder downloads is accepted by a library that is not ours, and by `memo-verify` without network."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openbadgeslib import baking
from openbadgeslib.ob3.verifier import OB3Verifier

from services.certification.verifier.__main__ import main
from shared.contracts.certification import DocumentsDue
from tests.support.certification import World
from tests.support.foreign_verifier import ForeignVerifier, foreign_verifier

from .test_elsewhere import bytes_behind, revoke, signed_in


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForeignVerifier]:
    with foreign_verifier(Path(tmp_path_factory.mktemp("verifier"))) as found:
        yield found


def downloads(world: World, name: str) -> dict[str, bytes]:
    """Everything that the holder's page offers."""
    certificate = world.certify(world.person(name))
    world.hear(DocumentsDue(certificate_ids=(certificate.id,)))
    client = signed_in(world, certificate.person_id, "pwd")
    files = ("credential.json", "credential.jwt", "badge.png", "badge.svg", "document.pdf")
    base = f"/certification/certificates/{certificate.number}"
    return {file: client.get(f"{base}/{file}", follow_redirects=True).data for file in files}


def offline(world: World, document: dict[str, Any], folder: Path) -> list[str]:
    """The files that a stranger saves from our public addresses, to check without network later."""
    did, listed = folder / "did.json", folder / "list.json"
    did.write_bytes(bytes_behind(world, "https://memo.example/.well-known/did.json"))
    listed.write_bytes(bytes_behind(world, document["credentialStatus"]["statusListCredential"]))
    return ["--offline", "--json", "--did", str(did), "--status", str(listed)]


def seal_certificate(world: World) -> Path:
    listed = world.service.resources.settings.signing_keys_file
    chain = next(key["chain"] for key in json.loads(listed.read_text())["keys"] if key["purpose"] == "documents")
    return Path(listed).parent / chain


def test_every_download_is_valid_for_memo_verify_until_it_is_revoked(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = downloads(world, "Олена Ґалаґан")
    document = json.loads(files["credential.json"])
    arguments = [*offline(world, document, tmp_path), "--seal", str(seal_certificate(world))]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        code = main([str(tmp_path / name), *arguments, "--name", "олена ґалаґан"])
        told = json.loads(capsys.readouterr().out)
        outcomes = {check["check"]: check["outcome"] for check in told["checks"]}
        assert (code, set(outcomes.values())) == (0, {"passed"}), (name, told["checks"])
        assert set(outcomes) == {"signature", "time", "status", "name"} | ({"paper"} if name.endswith("pdf") else set())
    revoke(world, document)
    arguments = offline(world, document, tmp_path)
    assert main([str(tmp_path / "badge.png"), *arguments]) == 1
    assert '"revoked"' in capsys.readouterr().out


def test_the_twin_is_verified_by_a_library_that_asks_our_identifier_for_the_key(world: World) -> None:
    token = downloads(world, "ሰላም ተስፋዬ")["credential.jwt"].decode()
    verifier = OB3Verifier.for_issuer_did(
        "did:web:memo.example", download=lambda url, *_, **__: bytes_behind(world, url)
    )
    assert verifier.verify(token).achievement.name == "Grundkurs"


@pytest.mark.parametrize("name", ["Nguyễn Thị Minh Châu", "ნინო ბერიძე", "محمد العربي"])
def test_what_is_inside_a_badge_is_verified_in_another_language(
    world: World, foreign: ForeignVerifier, name: str
) -> None:
    files = downloads(world, name)
    inside = baking.extract_png(files["badge.png"], keyword=baking.ITXT_KEYWORD_OB3)
    assert inside == baking.extract_svg(files["badge.svg"], element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    document = json.loads(inside or "")
    listed = document["credentialStatus"]["statusListCredential"]
    at_hand = {
        "did:web:memo.example": json.loads(bytes_behind(world, "https://memo.example/.well-known/did.json")),
        listed: json.loads(bytes_behind(world, listed)),
    }
    answer = foreign.verify(document, documents=at_hand)
    assert (answer.is_verified, answer.is_set, answer.problem) == (True, False, None)
    assert urlsplit(document["id"]).path.startswith("/v/")
