"""Files that somebody hands in: the genuine ones are recognised in each form, and nothing else is."""

import base64
import hashlib
import json
import random
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa

from services.certification.domain.keys import KeyPurpose
from services.certification.domain.verification import Verdict
from services.certification.models import Certificate
from services.certification.operations import verification
from services.certification.operations.keys import present_key
from services.certification.operations.seals import seal_of
from services.certification.operations.verification import Carrier, UploadVerification
from shared.contracts.certification import CertificateIssued
from shared.kernel.clock import utc_now
from shared.kernel.errors import DomainError
from tests.support.certification import World
from tests.support.pages import text_of

FORMS = ("json", "jwt", "png", "svg", "pdf")
#: Changed files per form; each file in a container costs a process.
CHANGES = {"json": 150, "jwt": 150, "png": 20, "svg": 20, "pdf": 20}
_ISSUED = "This certificate is genuine and valid."


@pytest.fixture
def certificate(world: World) -> Certificate:
    return world.certify(world.person("Şükrü Özdoğan-Yıldız"))


@pytest.fixture
def files(world: World, certificate: Certificate) -> dict[str, bytes]:
    """The certificate in each form, as its holder downloads it."""
    holder = world.service.client_of(certificate.person_id)
    page = f"/certification/certificates/{certificate.number}"
    return {
        "json": certificate.credential.encode(),
        "jwt": str(certificate.credential_jwt).encode(),
        "png": holder.get(f"{page}/badge.png").data,
        "svg": holder.get(f"{page}/badge.svg").data,
        "pdf": document_of(world, certificate),
    }


def document_of(world: World, certificate: Certificate) -> bytes:
    world.hear(
        CertificateIssued(
            certificate_id=certificate.id,
            number=certificate.number,
            person_id=certificate.person_id,
            run_id=certificate.run_id,
            level_code=certificate.level_code,
            issued_on=certificate.issued_on,
            verification_url="",
        )
    )
    holder = world.service.client_of(certificate.person_id)
    answer = holder.get(f"/certification/certificates/{certificate.number}/document.pdf", follow_redirects=True)
    assert answer.data.startswith(b"%PDF")
    return answer.data


def check(world: World, data: bytes) -> UploadVerification | None:
    """What is said of a file; None where it is refused or another issuer's."""
    seal, now = seal_of(world.service.resources.settings), utc_now()
    try:
        presented = verification.open_upload(data=data)
        with world.service.transaction() as session:
            return verification.verify_presented(session, presented=presented, seal=seal, now=now)
    except DomainError:
        return None


def hand_in(world: World, data: bytes, name: str = "file") -> str:
    # Written by hand: the test client would lay a large one into a file of its own, and not close it.
    head = f'--memo\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--memo--\r\n"
    answer = world.service.client().post("/v/file", data=body, content_type="multipart/form-data; boundary=memo")
    assert answer.status_code in (200, 422)
    return text_of(answer.text)


def test_each_form_is_recognised_and_nothing_of_it_names_the_holder(
    world: World, certificate: Certificate, files: dict[str, bytes]
) -> None:
    for form in FORMS:
        words = hand_in(world, files[form])
        assert _ISSUED in words, (form, words)
        assert "Özdoğan" not in words
    assert hand_in(world, certificate.number.encode()).startswith("Check a certificate"), "a number is no file"
    pasted = world.service.client().post("/v/file", data={"text": f"http://127.0.0.1:8080/v/{certificate.number}"})
    assert pasted.headers["Location"] == f"/v/{certificate.number}"


def test_a_revoked_certificate_is_revoked_in_each_form(
    world: World, certificate: Certificate, files: dict[str, bytes]
) -> None:
    world.office().post(
        f"/certification/office/certificates/{certificate.number}/revoke",
        data={"reason": "issued_in_error", "note": "Liste"},
    )
    for form in FORMS:
        words = hand_in(world, files[form])
        assert "This certificate is revoked" in words, form
        assert _ISSUED not in words


@pytest.mark.parametrize("form", FORMS)
def test_no_changed_file_is_taken_for_valid(
    world: World, certificate: Certificate, files: dict[str, bytes], form: str
) -> None:
    chance = random.Random(f"memo {form}")
    for number in range(CHANGES[form]):
        changed = change(files[form], chance)
        if form == "json" and is_same_json(changed, files[form]):
            continue
        found = check(world, changed)
        is_green = found is not None and found.verdict is Verdict.VALID and found.carrier is not Carrier.PICTURE
        assert not is_green, (form, number)


def change(data: bytes, chance: random.Random) -> bytes:
    """The file with one of the things that happen to files, or that somebody does to them."""
    at, until = sorted(chance.sample(range(len(data)), 2))
    other = bytes([data[at] ^ chance.randrange(1, 256)])
    kinds: list[Callable[[], bytes]] = [
        lambda: data[:at] + other + data[at + 1 :],
        lambda: data[:at],
        lambda: data[:at] + data[min(until, at + 40) :],
        lambda: data[:at] + chance.randbytes(8) + data[at:],
        lambda: data[:at] + data[at : at + 30] * 3 + data[at + 30 :],
    ]
    changed = chance.choice(kinds)()
    return changed if changed != data else data[:at]


def is_same_json(one: bytes, other: bytes) -> bool:
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def test_a_paper_around_a_genuine_credential_is_not_believed(
    world: World, certificate: Certificate, files: dict[str, bytes]
) -> None:
    forged = pikepdf.new()
    forged.add_blank_page()
    forged.attachments["credential.json"] = pikepdf.AttachedFileSpec(forged, files["json"])
    buffer = BytesIO()
    forged.save(buffer)
    words = hand_in(world, buffer.getvalue())
    assert "does not bear the programme's seal" in words
    assert _ISSUED not in words
    appended = hand_in(world, files["pdf"] + b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    assert _ISSUED not in appended


def test_a_picture_that_is_not_ours_is_told_apart(world: World, files: dict[str, bytes]) -> None:
    painted = files["svg"].replace(b"<svg ", b"<svg data-x='1' ", 1)
    words = hand_in(world, painted)
    assert "The picture itself is not sealed" in words
    assert _ISSUED not in words


def test_a_token_signed_by_another_key_is_not_genuine(world: World, files: dict[str, bytes]) -> None:
    header, payload, _ = files["jwt"].decode().split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    for signature in (b"\0" * 64, b"", b"x" * 64):
        forged = f"{header}.{payload}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
        found = check(world, forged.encode())
        assert found is None or found.verdict is Verdict.NOT_GENUINE
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
    found = check(world, f"{none}.{payload}.AA".encode())
    assert found is None or found.verdict is Verdict.NOT_GENUINE
    assert claims["id"].startswith("http://127.0.0.1:8080/v/")


HOSTILE = {
    "deep json": b"[" * 60_000,
    "deep object": b'{"a":' * 9_000,
    "twice": b'{"id": "a", "id": "b", "proof": {}}',
    "huge number": b'{"id": 1e999999, "proof": {}}',
    "many digits": b'{"id": ' + b"9" * 50_000 + b"}",
    "laughs": b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>',
    "outside": b'<!DOCTYPE svg SYSTEM "http://127.0.0.1:1/x"><svg/>',
    "deep svg": b"<g>" * 200_000,
    "wide svg": b"<svg>" + b"<g/>" * 500_000 + b"</svg>",
    "declared png": b"\x89PNG\r\n\x1a\n\x3f\xff\xff\xffIHDR" + b"\0" * 100,
    "cut png": b"\x89PNG\r\n\x1a\n\0\0",
    "cut pdf": b"%PDF-1.7\n1 0 obj\n<< /Length 999999999999 >>\nstream\n",
    "looping pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [1 0 R] /Count 99999999 /Parent 1 0 R >>\nendobj\n"
    b"trailer << /Root 1 0 R /Size 2147483647 /Prev 0 >>\nstartxref\n9\n%%EOF",
    "photo": b"\xff\xd8\xff\xe0" + b"\0" * 1000,
    "zip": b"PK\x03\x04" + b"\0" * 1000,
    "nothing": b"",
    "dots": b"..",
    "token of nothing": b"e30.e30.e30",
    "half a letter": b'{"id": "\\ud800"}',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(world: World, kind: str) -> None:
    started = time.process_time()
    words = hand_in(world, HOSTILE[kind])
    assert _ISSUED not in words
    assert time.process_time() - started < 5


def test_a_bomb_in_a_pdf_is_refused(world: World) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["credential.json"] = spec = pikepdf.AttachedFileSpec(pdf, b"{}")
    bomb = pikepdf.Stream(pdf, b"{" + b" " * 120_000_000)
    spec.obj.EF.F = pdf.make_indirect(bomb)
    buffer = BytesIO()
    pdf.save(buffer, compress_streams=True, recompress_flate=True)
    assert len(buffer.getvalue()) < 5 * 1024 * 1024
    assert "Check a certificate" in hand_in(world, buffer.getvalue())


def test_a_file_that_is_too_large_is_not_read(world: World) -> None:
    words = hand_in(world, b"%PDF-1.7" + b"x" * (5 * 1024 * 1024))
    assert "5120 KiB at most" in words
    assert "64 KiB at most" in hand_in(world, b'{"a": "' + b"x" * 70_000 + b'"}')


def test_a_scan_is_told_that_it_holds_no_certificate(world: World) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    buffer = BytesIO()
    pdf.save(buffer)
    assert "no electronic certificate in this file" in hand_in(world, buffer.getvalue())


def test_what_says_that_it_is_ours_and_is_not_is_named_so(world: World, files: dict[str, bytes]) -> None:
    document = json.loads(files["json"])
    document["id"] = "http://127.0.0.1:8080/v/4C7F-9D3H-KLMN-PQRT-VWXZ-2346-79CD"
    assert "we have not issued it" in hand_in(world, json.dumps(document).encode())


def test_a_key_that_was_declared_void_is_explained(world: World, certificate: Certificate) -> None:
    with world.service.transaction() as session:
        key = present_key(
            session, purpose=KeyPurpose.CREDENTIALS, seal=seal_of(world.service.resources.settings), now=utc_now()
        )
        session.connection().exec_driver_sql(
            "UPDATE signing_key SET state = 'revoked', ended_at = now(), revoked_at = now(),"
            " revocation_reason = 'compromised' WHERE code = %s",
            (key.code,),
        )
    words = world.service.client().words(f"/v/{certificate.number}")
    assert "The key of this seal was declared void" in words
    assert "Somebody else has had this key" in words
    assert _ISSUED not in words


def test_what_is_said_can_be_kept_with_our_signature(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    answer = client.get(f"/v/{certificate.number}/statement.json").get_json()
    payload = answer["token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert claims["verdict"] == "valid"
    assert claims["credential_sha256"] == hashlib.sha256(certificate.credential.encode()).hexdigest()
    assert claims["sub"].endswith(certificate.number)
    copy = client.get(f"/v/{certificate.number}/copy")
    assert "Kept copy of" in text_of(copy.text)
    assert "<form" not in copy.text.partition("<main")[2].partition("</main")[0]


def test_a_picture_of_the_state_may_stand_on_any_site_and_nothing_else(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    badge = client.get(f"/v/{certificate.number}/badge.svg?lang=de")
    assert badge.content_type == "image/svg+xml"
    assert badge.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in badge.headers
    frame = client.get(f"/v/{certificate.number}/embed")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "<script" not in frame.text
    page = client.get(f"/v/{certificate.number}")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    unknown = client.get("/v/4C7F-9D3H-KLMN-PQRT-VWXZ-2346-79CD/badge.svg")
    assert (unknown.status_code, unknown.content_type) == (404, "image/svg+xml")


def test_asking_for_numbers_without_end_ends(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    outside = {"X-Forwarded-For": "198.51.100.7"}
    statuses = [client.get(f"/v/{certificate.number}", headers=outside).status_code for _ in range(125)]
    assert statuses[:100] == [200] * 100
    assert statuses[-1] == 429
    assert client.get(f"/v/{certificate.number}", headers={"X-Forwarded-For": "198.51.100.8"}).status_code == 200


def test_an_answer_is_taken_over_until_a_row_behind_it_changes(world: World, certificate: Certificate) -> None:
    client, sent = world.service.client(), []
    page, call = f"/v/{certificate.number}", f"/api/certification/v1/verifications/{certificate.number}"
    client.get(page)

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    for engine in world.service.resources.database.engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    assert "Valid" in client.words(page)
    assert client.get(call).get_json()["verdict"] == "valid"
    assert sent == [], "only the fingerprint of the rows is asked for, past what counts here"
    for engine in world.service.resources.database.engines:
        sa.event.remove(engine, "before_cursor_execute", note)
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE status_entry SET value = 1"))
    assert "Revoked" in client.words(page)
    assert client.get(call).get_json()["verdict"] == "revoked"


def test_a_sealed_paper_that_we_do_not_store_is_known_by_its_seal(world: World, files: dict[str, bytes]) -> None:
    with world.service.transaction() as session:
        session.execute(sa.text("DELETE FROM document"))
    words = hand_in(world, files["pdf"])
    assert "The PDF bears the electronic seal of the programme" in words
    assert _ISSUED in words


def test_the_name_stands_there_only_while_its_holder_wants_it(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    page, call = f"/v/{certificate.number}", f"/api/certification/v1/verifications/{certificate.number}"
    assert "Özdoğan" not in client.get(page).text
    with world.service.transaction() as session:
        choose = "INSERT INTO holder_choice (certificate_id, shows_name, changed_at) VALUES (:id, true, now())"
        session.execute(sa.text(choose), {"id": certificate.id})
    assert "Şükrü Özdoğan-Yıldız" in client.words(page)
    assert client.get(call).get_json()["holder_name"] == "Şükrü Özdoğan-Yıldız"
    assert "Özdoğan" not in client.get(f"{page}/copy").text
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE holder_choice SET shows_name = false"))
    assert "Özdoğan" not in client.get(page).text
    assert "Özdoğan" not in client.get(call).text
