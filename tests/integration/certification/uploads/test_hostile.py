"""Files that somebody prepared: each is refused with a sentence, soon, and none is taken for valid."""

import base64
import json
import time
from io import BytesIO

import pikepdf
import pytest

from services.certification.domain.verification import Verdict
from tests.support.certification import World
from tests.support.uploads import ISSUED, check, hand_in


def test_a_paper_around_a_genuine_credential_is_not_believed(world: World, files: dict[str, bytes]) -> None:
    forged = pikepdf.new()
    forged.add_blank_page()
    forged.attachments["credential.json"] = pikepdf.AttachedFileSpec(forged, files["json"])
    buffer = BytesIO()
    forged.save(buffer)
    words = hand_in(world, buffer.getvalue())
    assert "does not bear the programme's seal" in words
    assert ISSUED not in words
    appended = hand_in(world, files["pdf"] + b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    assert ISSUED not in appended


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
    assert ISSUED not in words
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
