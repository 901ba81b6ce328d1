"""A wallet and a verifier of other people take what we issue: OpenID4VCI 1.0, SD-JWT VC, Token Status List, VC-JWT."""

import dataclasses
import json
import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from services.certification.app import make_app
from services.certification.worker import make_worker
from shared.resources import Resources
from tests.support.certification import World
from tests.support.foreign_verifier import ask_about_tokens
from tests.support.ports import free_port
from tests.support.service import ServiceUnderTest
from tests.support.wallet_holders import Holder

from .test_elsewhere import bytes_behind, signed_in

NAME = "Şükrü Özdoğan-Yıldız"


@pytest.fixture
def served(certification: ServiceUnderTest) -> Iterator[World]:
    """Certification on a port of this machine, so that other programs reach it."""
    port = free_port()
    settings = dataclasses.replace(certification.resources.settings, base_url=f"http://127.0.0.1:{port}")
    resources = Resources(settings)
    app = make_app(resources)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield World(ServiceUnderTest(resources, app, make_worker(resources)))
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()
    resources.database.dispose()


@pytest.fixture
def holder(served: World) -> Holder:
    person_id = served.person(NAME)
    return Holder(served, served.certify(person_id), served.service.client_of(person_id))


def test_a_wallet_of_others_walks_the_whole_way_and_its_verifier_agrees(holder: Holder) -> None:
    link, pin = holder.link_and_pin(holder.offer(pin=True))
    wrong = f"{(int(pin) + 1) % 1_000_000:06}"
    assert "tx_code" in ask_about_tokens({"link": link, "pin": wrong})["error"]
    found = ask_about_tokens({"link": link, "pin": pin})
    assert "error" not in found
    assert found["claims"]["name"] == NAME
    assert found["claims"]["certificate_number"] == holder.certificate.number
    assert found["presented"]["name"] == NAME
    assert "family_name" not in found["presented"]
    assert "error" in ask_about_tokens({"link": link, "pin": pin})


def test_a_verifier_of_others_sees_a_change_and_a_revocation(holder: Holder) -> None:
    link, pin = holder.link_and_pin(holder.offer())
    credential = ask_about_tokens({"link": link, "pin": pin})["credential"]
    assert ask_about_tokens({"credential": credential})["claims"]["name"] == NAME
    signed, _, disclosures = credential.partition("~")
    part, _, signature = signed.rpartition(".")
    changed = f"{part}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}~{disclosures}"
    assert "Verify Error" in ask_about_tokens({"credential": changed})["error"]
    holder.revoke()
    assert "Status is not valid" in ask_about_tokens({"credential": credential})["error"]


def test_the_signed_token_of_a_certificate_is_read_by_another_library(world: World) -> None:
    certificate = world.certify(world.person(NAME))
    path = f"/certification/certificates/{certificate.number}/credential.jwt"
    token = signed_in(world, certificate.person_id, "pwd").get(path).text
    did = json.loads(bytes_behind(world, "https://memo.example/.well-known/did.json"))
    found = ask_about_tokens({"jwt": token, "did": did})
    assert found["header"]["kid"].startswith("did:web:memo.example#")
    assert found["claims"]["iss"] == "did:web:memo.example"
    assert found["claims"]["jti"] == found["claims"]["id"] == json.loads(certificate.credential)["id"]
    head, body, signature = token.split(".")
    assert "error" in ask_about_tokens(
        {"jwt": f"{head}.{body}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}", "did": did}
    )
