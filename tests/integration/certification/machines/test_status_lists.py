"""Status in test mode: entries and lists are held to the W3C's standard, whoever's they are."""

import base64
import dataclasses
import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from services.certification.app import make_app
from services.certification.domain.tokens import TokenMode, TokenScope
from services.certification.worker import make_worker
from shared.resources import Resources
from tests.support.certification import World
from tests.support.foreign_signer import ForeignSigner
from tests.support.machines import CONTEXT, TEST, post, token
from tests.support.service import ServiceUnderTest

Document = dict[str, Any]
Files = dict[str, Document | bytes]


@pytest.fixture
def world(certification: ServiceUnderTest) -> Iterator[World]:
    """Certification that asks this machine for the lists of others."""
    settings = dataclasses.replace(certification.resources.settings, foreign_badges="local")
    resources = Resources(settings)
    yield World(ServiceUnderTest(resources, make_app(resources), make_worker(resources)))
    resources.database.dispose()


@pytest.fixture
def asked() -> list[str]:
    """What the other web server was asked for."""
    return []


@pytest.fixture
def elsewhere(asked: list[str]) -> Iterator[tuple[str, Files]]:
    """The address of another web server, and what it serves."""
    files: Files = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            found = files.get(self.path)
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write(found if isinstance(found, bytes) else json.dumps(found).encode())

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/list", files
    server.shutdown()
    server.server_close()


def draft(**more: Any) -> Document:
    subject = {"id": "did:example:holder"}
    return {"@context": [CONTEXT], "type": ["VerifiableCredential"], "credentialSubject": subject} | more


def issue(world: World, header: dict[str, str], credential: Document, status: Document | None = None) -> Document:
    body = {"credential": credential, "options": {"credentialStatus": status} if status else {}}
    answer = post(world, f"{TEST}/credentials/issue", body, header)
    assert answer.status_code == 201, answer.text
    signed: Document = json.loads(answer.data)
    return signed


def errors_of(world: World, header: dict[str, str], credential: Document) -> list[str]:
    answer = post(world, f"{TEST}/credentials/verify", {"verifiableCredential": credential}, header)
    errors: list[str] = answer.get_json()["errors"]
    assert answer.status_code == (400 if errors else 200)
    return errors


def header_of(world: World) -> dict[str, str]:
    return token(world, TokenScope.CREDENTIALS_ISSUE, mode=TokenMode.TEST)


def encoded(*indices: int, length: int = 131_072) -> str:
    bits = bytearray(length // 8)
    for index in indices:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits))).rstrip(b"=").decode()


def list_of(address: str, *, issuer: str, **subject: Any) -> Document:
    return {
        "@context": [CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(7),
        }
        | subject,
    }


def entry_of(address: str, index: int, **more: Any) -> Document:
    return {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": address,
    } | more


@pytest.mark.parametrize(("purpose", "verdict"), [("revocation", "revoked"), ("suspension", "suspended")])
def test_a_test_credential_gets_an_entry_that_says_what_was_asked_for(world: World, purpose: str, verdict: str) -> None:
    header = header_of(world)
    wanted = {"type": "BitstringStatusListEntry", "statusPurpose": purpose}
    good = issue(world, header, draft(), wanted)
    bad = issue(world, header, draft(), wanted | {"status": True})
    assert errors_of(world, header, good) == []
    assert errors_of(world, header, bad) == [verdict]
    entry = bad["credentialStatus"][0]
    served = world.service.client().get(urlsplit(entry["statusListCredential"]).path)
    assert served.content_type == "application/vc"
    listed = json.loads(served.data)
    assert errors_of(world, header, listed) == []
    assert listed["credentialSubject"]["statusPurpose"] == entry["statusPurpose"] == purpose
    packed = listed["credentialSubject"]["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    index, free = int(entry["statusListIndex"]), int(good["credentialStatus"][0]["statusListIndex"])
    assert bits[index // 8] & 0x80 >> index % 8
    assert not bits[free // 8] & 0x80 >> free % 8


def test_a_list_is_json_for_software_that_knows_no_other_type(world: World) -> None:
    path = f"{TEST}/status/revocation"
    answer = world.service.client().get(path, headers={"Accept": "application/ld+json, application/json"})
    assert answer.content_type == "application/json"
    assert "Accept" in answer.headers["Vary"]
    assert world.service.client().get(f"{TEST}/status/wallet").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"statusListIndex": True},
        {"statusListIndex": "-1"},
        {"statusListIndex": "0x10"},
        {"statusPurpose": ["revocation"]},
        {"statusListCredential": "no address"},
        {"id": "https://lists.example/1"},
        {"statusSize": 0},
        {"statusSize": 2},
        {"statusSize": 1, "statusMessage": [{"status": "0x0", "message": "fine"}]},
        {"statusReference": ["no address"]},
    ],
)
def test_an_entry_that_breaks_the_standard_is_not_signed(world: World, change: Document) -> None:
    entry = entry_of("https://lists.example/1", 3) | change
    answer = post(world, f"{TEST}/credentials/issue", {"credential": draft(credentialStatus=entry)}, header_of(world))
    assert answer.status_code == 400
    assert answer.get_json()["errors"]["credential"] == ["credentialStatus"]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Other"},
        {"statusPurpose": []},
        {"encodedList": encoded(7).removeprefix("u")},
        {"encodedList": "uH4sIAAAA"},
        {"encodedList": encoded(length=65_536)},
    ],
)
def test_a_list_of_an_integrator_is_signed_where_it_follows_the_standard(world: World, change: Document) -> None:
    header, issuer = header_of(world), world.service.client().get(f"{TEST}/issuer").get_json()["id"]
    listed = list_of("https://lists.example/1", issuer=issuer)
    assert errors_of(world, header, issue(world, header, listed)) == []
    listed["credentialSubject"] |= change
    answer = post(world, f"{TEST}/credentials/issue", {"credential": listed}, header)
    assert (answer.status_code, answer.get_json()["errors"]["credential"]) == (400, ["credentialSubject"])


def test_the_list_of_another_issuer_is_fetched_and_believed_where_its_issuer_signed_it(
    world: World, elsewhere: tuple[str, Files]
) -> None:
    header, other = header_of(world), ForeignSigner()
    address, files = elsewhere

    def publish(**subject: Any) -> None:
        listed = list_of(address, issuer=other.did, **subject)
        files["/list"] = listed | {"proof": other.prove(listed)}

    def check(index: int, **more: Any) -> list[str]:
        return errors_of(world, header, issue(world, header, draft(credentialStatus=entry_of(address, index, **more))))

    assert check(7) == ["STATUS_RETRIEVAL_ERROR"]
    publish()
    assert (check(6), check(7)) == ([], ["revoked"])
    assert check(7, statusPurpose="suspension") == ["STATUS_VERIFICATION_ERROR"]
    assert check(131_072) == ["RANGE_ERROR"]
    messages = [{"status": f"0x{value:x}", "message": "x"} for value in range(4)]
    assert check(7, statusSize=2, statusMessage=messages) == ["STATUS_LIST_LENGTH_ERROR"]
    publish(statusPurpose=["message", "revocation"], encodedList=encoded(15, length=262_144))
    assert check(7, statusSize=2, statusMessage=messages) == ["revoked"]
    assert check(7, statusPurpose="message", statusSize=2, statusMessage=messages) == []
    forged = list_of(address, issuer=other.did)
    files["/list"] = forged | {
        "proof": other.prove(forged),
        "credentialSubject": forged["credentialSubject"] | {"encodedList": encoded()},
    }
    assert check(7) == ["STATUS_VERIFICATION_ERROR"]


def test_one_request_makes_us_fetch_few_lists_and_each_once(
    world: World, elsewhere: tuple[str, Files], asked: list[str]
) -> None:
    header, address = header_of(world), elsewhere[0]
    entries = [entry_of(f"{address}/{number // 2}", 1) for number in range(20)]
    signed = issue(world, header, draft(credentialStatus=entries))
    assert set(errors_of(world, header, signed)) == {"STATUS_RETRIEVAL_ERROR"}
    assert asked == ["/list/0", "/list/1", "/list/2"]


@pytest.mark.parametrize(
    "content", [b"[" * 200_000, b"5", b'{"type": 5}', b'{"type": ["BitstringStatusListCredential"]}']
)
def test_a_list_that_is_none_is_an_answer_and_no_fault_of_ours(
    world: World, elsewhere: tuple[str, Files], content: bytes
) -> None:
    header, (address, files) = header_of(world), elsewhere
    files["/list"] = content
    signed = issue(world, header, draft(credentialStatus=entry_of(address, 1)))
    assert errors_of(world, header, signed)[0].startswith("STATUS_")


def test_a_type_that_is_no_text_is_refused(world: World) -> None:
    answer = post(world, f"{TEST}/credentials/issue", {"credential": draft(type=5)}, header_of(world))
    assert (answer.status_code, answer.get_json()["errors"]["credential"]) == (400, ["type"])
