"""Badges of other issuers: a signature is checked with the keys of their own address, and no more is claimed."""

import dataclasses
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.ob3 import OB3LdpSigner, OB3Signer
from openbadgeslib.ob3.credential import Achievement, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.did import multikey_from_pem
from openbadgeslib.ob3.status_list import build_status_list_credential, sign_status_list_credential, status_entry

from services.certification.adapters.reading import Refused, Task, run_isolated
from services.certification.adapters.reading.fetch import is_public
from services.certification.app import make_app
from services.certification.worker import make_worker
from shared.resources import Resources
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.service import ServiceUnderTest


@dataclasses.dataclass
class Issuing:
    """Another issuer with a web server of its own on this machine."""

    key: bytes
    port: int
    files: dict[str, bytes]

    @property
    def did(self) -> str:
        return f"did:web:localhost%3A{self.port}"

    @property
    def list_url(self) -> str:
        return f"https://localhost:{self.port}/list"

    def credential(self, **more: Any) -> OpenBadgeCredential:
        return OpenBadgeCredential(
            id="https://badges.example/1",
            recipient_id="mailto:somebody@example.org",
            issuer=Issuer(id=self.did, name="Haus der Bildung"),
            achievement=Achievement(
                id="https://badges.example/a/1",
                name="Erste Hilfe",
                description="Ein Tag Erste Hilfe",
                criteria_narrative="Acht Stunden",
            ),
            issuance_date=datetime(2026, 1, 5, tzinfo=UTC),
            **more,
        )

    def sign(self, **more: Any) -> dict[str, Any]:
        signer = OB3LdpSigner(self.key, verification_method=f"{self.did}#key-1")
        document: dict[str, Any] = signer.sign(self.credential(**more))
        return document

    def publish_list(self, *revoked: int) -> None:
        listed = build_status_list_credential(self.did, self.list_url, "revocation", set(revoked))
        self.files["/list"] = sign_status_list_credential(listed, self.key, "EdDSA").encode()


@pytest.fixture
def issuing() -> Iterator[Issuing]:
    files: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path)
            self.send_response(200 if content is not None else 404)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    private = Ed25519PrivateKey.generate()
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    found = Issuing(key=key, port=server.server_port, files=files)
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    method = {
        "id": f"{found.did}#key-1",
        "type": "Multikey",
        "controller": found.did,
        "publicKeyMultibase": multikey_from_pem(public),
    }
    document = {"id": found.did, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    files["/.well-known/did.json"] = json.dumps(document).encode()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def world(certification: ServiceUnderTest) -> Iterator[World]:
    """Certification that asks this machine for the keys of others."""
    settings = dataclasses.replace(certification.resources.settings, foreign_badges="local")
    resources = Resources(settings)
    yield World(ServiceUnderTest(resources, make_app(resources), make_worker(resources)))
    resources.database.dispose()


def hand_in(world: World, document: dict[str, Any] | str) -> str:
    text = document if isinstance(document, str) else json.dumps(document)
    answer = world.service.client().post("/v/file", data={"text": text})
    assert answer.status_code in (200, 422)
    return text_of(answer.text)


def test_the_signature_of_another_issuer_is_checked_and_no_more_is_said(world: World, issuing: Issuing) -> None:
    words = hand_in(world, issuing.sign())
    assert "From another issuer" in words
    assert "The key of localhost has signed it" in words
    assert "we do not know this issuer" in words
    assert "Erste Hilfe" in words
    assert "This certificate is genuine and valid." not in words
    token = OB3Signer(issuing.key, "EdDSA").sign(issuing.credential())
    assert "From another issuer" in hand_in(world, token)


def test_a_changed_badge_of_another_issuer_does_not_fit(world: World, issuing: Issuing) -> None:
    document = issuing.sign()
    document["credentialSubject"]["achievement"]["name"] = "Notarzt"
    words = hand_in(world, document)
    assert "Not genuine" in words
    assert "Notarzt" not in words
    assert "Not genuine" in hand_in(world, issuing.sign() | {"honour": "high"})


def test_what_the_other_issuer_took_back_is_told(world: World, issuing: Issuing) -> None:
    entry = [status_entry(issuing.list_url, "revocation", 7)]
    issuing.publish_list()
    assert "does not say that it was taken back" in hand_in(world, issuing.sign(credential_status=entry))
    issuing.publish_list(7)
    assert "has taken it back" in hand_in(world, issuing.sign(credential_status=entry))
    del issuing.files["/list"]
    assert "list could not be read" in hand_in(world, issuing.sign(credential_status=entry))


def test_a_badge_that_has_run_out_is_readable(world: World, issuing: Issuing) -> None:
    words = hand_in(world, issuing.sign(expiration_date=datetime(2026, 2, 1, tzinfo=UTC)))
    assert "Expired" in words
    assert "Erste Hilfe" in words


def test_keys_that_cannot_be_had_make_no_forgery(world: World, issuing: Issuing) -> None:
    document = issuing.sign()
    issuing.files.clear()
    assert "Not checkable now" in hand_in(world, document)


def test_a_graph_made_to_cost_is_refused(world: World, issuing: Issuing) -> None:
    clique = [{"id": f"_:b{n}", "name": [{"id": f"_:b{m}"} for m in range(14)]} for n in range(14)]
    words = hand_in(world, issuing.sign() | {"evidence": clique})
    assert "From another issuer" not in words


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://example.org:8443/x",
        "https://user@127.0.0.1/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://0x7f000001/x",
        "file:///etc/passwd",
        "https:///x",
    ],
)
def test_nothing_inside_is_fetched_for_a_stranger(url: str) -> None:
    with pytest.raises(Refused):
        run_isolated(Task.FETCH, facts={"url": url, "mode": "public"})


def test_which_addresses_are_public() -> None:
    inside = ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1"]
    inside += ["fe80::1", "fd00::1", "::ffff:8.8.8.8", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:1::1"]
    assert not [address for address in inside if is_public(address)]
    assert is_public("93.184.216.34")
    assert is_public("2606:4700::1111")
