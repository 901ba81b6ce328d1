"""Hostile files, and foreign text on a terminal."""

import dataclasses
import time
from pathlib import Path

import pytest

from services.certification.adapters.credentials import SignedCredential, sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.domain.credential import Credential
from services.certification.verifier.__main__ import main
from tests.unit.certification.conftest import NOW
from tests.unit.certification.verifier.running import Run

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 10) for n in range(12))
    + b']><svg xmlns="http://www.w3.org/2000/svg">&a11;</svg>'
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"a":1,"a":2}',
        b'{"a":' + b"9" * 50_000 + b"}",
        b'{"a":1e999999}',
        b"{" + b" " * 70_000 + b"}",
        b"\xff\xfe{}",
        BILLION_LAUGHS,
        b"<svg>" * 5_000,
        b"%PDF-1.7\n" + b"0 0 obj<<" * 1_000,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 1_000,
        b"x" * (6 * 1024 * 1024),
        b"ey.ey.ey",
        b"eyJhbGciOiJub25lIn0.e30.",
        b"null",
        b'{"@context":["https://www.w3.org/ns/credentials/v2"],"proof":{}}',
    ],
    ids=lambda content: repr(content[:16]),
)
def test_hostile_files_are_refused_quickly_with_a_word(content: bytes, run: Run) -> None:
    started = time.process_time()
    code, answer = run(content)
    assert code in (1, 2)
    assert answer["problem"] or answer["checks"]
    assert time.process_time() - started < 2


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere/x.json", "--offline", "--language", "en"]) == 2
    assert "cannot be opened" in capsys.readouterr().out


def test_it_speaks_plainly(signed: SignedCredential, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file.json"
    file.write_text(signed.text)
    assert main([str(file), "--offline", "--language", "en"]) == 2
    out = capsys.readouterr().out
    assert "Is it genuine? Not known." in out
    assert "It cannot be said whether the certificate is valid." in out


def test_foreign_text_gives_no_commands_to_the_terminal(
    current: Credential, key: SealingKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nasty = dataclasses.replace(
        current, achievement=dataclasses.replace(current.achievement, name="Kurs\u202egnp.exe\u2066")
    )
    file = tmp_path / "file.json"
    file.write_text(sign_credential(nasty, key=key, now=NOW).text)
    main([str(file), "--offline", "--language", "en"])
    assert "\u202e" not in capsys.readouterr().out
