"""`memo-verify` on files alone: what holds, what does not, what cannot be said, and hostile ones."""

import base64
import dataclasses
import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite

from services.certification.adapters.badges.baking import bake_png, bake_svg
from services.certification.adapters.badges.drawing import draw_png, draw_svg
from services.certification.adapters.credentials import SignedCredential, sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import jwk_of_multikey
from services.certification.adapters.proofs import add_proof
from services.certification.adapters.signers.file import Ed25519Signer, P256Signer
from services.certification.adapters.wallet.sealing import _WalletKey, seal_status_token
from services.certification.domain.badges import BadgeFace
from services.certification.domain.credential import Credential, OpenName, StatusEntry, StatusListCredential
from services.certification.domain.did import PublicKey, did_document
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.status import encode_list
from services.certification.verifier.__main__ import main
from shared.kernel.clock import utc_now

from .conftest import NOW

FACE = BadgeFace(title="Grundkurs", caption="Siegel", position=1)
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def current(credential: Credential) -> Credential:
    status = StatusEntry("https://memo.example/certification/status/c2d3f4g6", 77, "revocation")
    return dataclasses.replace(credential, valid_from=utc_now() - timedelta(days=1), status=status)


@pytest.fixture
def signed(current: Credential, key: SealingKey) -> SignedCredential:
    return sign_credential(current, key=key, now=NOW)


@pytest.fixture
def run(tmp_path: Path, current: Credential, key: SealingKey, capsys: pytest.CaptureFixture[str]) -> Run:
    did_file = tmp_path / "did.json"
    keys = [PublicKey(code=key.code, multibase=key.multibase, jwk=jwk_of_multikey(key.multibase))]
    did_file.write_text(json.dumps(did_document(current.issuer.did, keys)))

    def run_it(content: bytes | str, *arguments: str, revoked: tuple[int, ...] | None = (1,)) -> tuple[int, Any]:
        file, list_file = tmp_path / "file", tmp_path / "list.json"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        given = ["--did", str(did_file)] if "--did" not in arguments else []
        if revoked is not None:
            list_file.write_text(json.dumps(status_list(current, key, revoked)))
            given += ["--status", str(list_file)]
        code = main([str(file), "--offline", "--json", *given, *arguments])
        return code, json.loads(capsys.readouterr().out)

    return run_it


def status_list(credential: Credential, key: SealingKey, revoked: tuple[int, ...], days: int = 7) -> dict[str, Any]:
    return add_proof(
        StatusListCredential(
            url=credential.status.list_url,
            issuer_did=credential.issuer.did,
            purpose=credential.status.purpose,
            encoded_list=encode_list(revoked),
            valid_from=utc_now() - timedelta(days=30),
            valid_until=utc_now() + timedelta(days=days),
        ).to_document(),
        key=key,
        now=NOW,
    )


def reasons(answer: dict[str, Any]) -> dict[str, str]:
    return {check["check"]: check["reason"] for check in answer["checks"]}


ALL_WELL = {"signature": "signed", "time": "in_time", "status": "in_force"}


def test_each_form_of_a_certificate_is_valid(signed: SignedCredential, run: Run) -> None:
    for content in (
        signed.text,
        signed.jwt,
        json.dumps(json.loads(signed.text), indent=2),
        bake_png(draw_png(FACE), signed.text),
        bake_svg(draw_svg(FACE), signed.text),
        bake_png(draw_png(FACE), signed.jwt),
    ):
        code, answer = run(content)
        assert (code, reasons(answer)) == (0, ALL_WELL)
        assert answer["credential"]["title"] == "Grundkurs"


def test_a_pdf_is_no_better_than_its_seal(signed: SignedCredential, run: Run) -> None:
    import io

    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["credential.json"] = pikepdf.AttachedFileSpec(pdf, signed.text.encode())
        kept = io.BytesIO()
        pdf.save(kept)
    code, answer = run(kept.getvalue())
    assert (code, reasons(answer)) == (2, ALL_WELL | {"paper": "seal_missing"})


def test_the_name_is_compared(signed: SignedCredential, run: Run) -> None:
    assert run(signed.text, "--name", "şükrü ÖZDOĞAN yıldız")[0] == 0
    code, answer = run(signed.jwt, "--name", "Jemand Anderes")
    assert (code, reasons(answer)["name"]) == (1, "name_differs")


def test_an_open_name_is_compared_too(current: Credential, key: SealingKey, run: Run) -> None:
    held = dataclasses.replace(current, holder=OpenName("Brücke e. V."))
    text = sign_credential(held, key=key, now=NOW).text
    assert run(text, "--name", "Brücke")[0] == 1
    assert run(text, "--name", "brücke e. v.")[0] == 0


def test_a_revoked_one_is_not_valid(signed: SignedCredential, run: Run) -> None:
    code, answer = run(signed.text, revoked=(77,))
    assert (code, reasons(answer)["status"]) == (1, "revoked")


def test_without_list_or_keys_it_cannot_be_said(
    signed: SignedCredential, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = run(signed.text, revoked=None)
    assert (code, reasons(answer)["status"]) == (2, "list_missing")
    file = tmp_path / "alone.json"
    file.write_text(signed.text)
    assert main([str(file), "--offline", "--json"]) == 2
    assert reasons(json.loads(capsys.readouterr().out))["signature"] == "keys_missing"


def test_a_list_that_is_forged_foreign_or_old_says_nothing(
    current: Credential, key: SealingKey, signed: SignedCredential, run: Run, tmp_path: Path
) -> None:
    genuine = status_list(current, key, (77,))
    forged = genuine | {"credentialSubject": genuine["credentialSubject"] | {"encodedList": encode_list(())}}
    foreign_key = dataclasses.replace(key, signer=Ed25519Signer(Ed25519PrivateKey.generate()))
    for content, reason in (
        (forged, "list_not_signed"),
        (status_list(current, foreign_key, ()), "list_not_signed"),
        (status_list(current, key, (), days=-1), "list_outdated"),
        (genuine | {"issuer": "did:web:other.example"}, "list_not_signed"),
        (genuine | {"unknown": "x"}, "list_not_signed"),
        ([], "list_missing"),
    ):
        file = tmp_path / "other.json"
        file.write_text(json.dumps(content))
        code, answer = run(signed.text, "--status", str(file), revoked=None)
        assert (code, reasons(answer)["status"]) == (2, reason)


def test_what_was_changed_is_not_valid(signed: SignedCredential, run: Run) -> None:
    document = json.loads(signed.text)
    assert run(json.dumps(document | {"name": "Aufbaukurs"}))[0] == 1
    header, payload, signature = signed.jwt.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))

    def token(header_change: dict[str, Any], claim_change: dict[str, Any]) -> str:
        head = json.loads(base64.urlsafe_b64decode(header + "==")) | header_change
        parts = (json.dumps(part).encode() for part in (head, claims | claim_change))
        return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), signature])

    for header_change, claim_change in (
        ({}, {"name": "Aufbaukurs"}),
        ({"alg": "none"}, {}),
        ({"kid": "did:web:other.example#key-1"}, {}),
        ({}, {"exp": 4_000_000_000}),
        ({}, {"sub": "urn:uuid:0f4a2c1e-8a51-4a3e-9d0c-000000000000"}),
    ):
        assert run(token(header_change, claim_change))[0] in (1, 2)
    assert run(f"{header}.{payload}.{signature[:-2]}AA")[0] == 1


def test_a_key_that_the_issuer_does_not_name_is_refused(current: Credential, key: SealingKey, run: Run) -> None:
    other = dataclasses.replace(key, signer=Ed25519Signer(Ed25519PrivateKey.generate()))
    code, answer = run(sign_credential(current, key=other, now=NOW).text)
    assert (code, reasons(answer)["signature"]) == (1, "not_signed")
    renamed = dataclasses.replace(other, method=f"{current.issuer.did}#key-2020-1")
    code, answer = run(sign_credential(current, key=renamed, now=NOW).text)
    assert (code, reasons(answer)["signature"]) == (1, "key_unknown")
    foreign = dataclasses.replace(other, method="did:web:other.example#key-1")
    code, answer = run(sign_credential(current, key=foreign, now=NOW).text)
    assert (code, reasons(answer)["signature"]) == (1, "not_the_issuer")


def test_one_that_has_run_out_says_so(current: Credential, key: SealingKey, run: Run) -> None:
    over = dataclasses.replace(current, valid_until=utc_now() - timedelta(hours=1))
    code, answer = run(sign_credential(over, key=key, now=NOW).text)
    assert (code, reasons(answer)["time"]) == (1, "expired")


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


def foreign_badge(current: Credential, key: SealingKey) -> dict[str, Any]:
    """A badge as others sign it: with members that our own profile does not know."""
    document = current.to_document() | {"awardedDate": "2026-11-01T00:00:00Z"}
    document["credentialSubject"]["achievement"]["inLanguage"] = "de"
    return add_proof(document, key=key, now=NOW)


def test_a_badge_of_another_issuer_is_checked_too(current: Credential, key: SealingKey, run: Run) -> None:
    badge = foreign_badge(current, key)
    code, answer = run(json.dumps(badge))
    assert (code, reasons(answer)) == (0, ALL_WELL)
    assert answer["credential"]["title"] == "Grundkurs"
    code, answer = run(json.dumps(badge), revoked=(77,))
    assert (code, reasons(answer)["status"]) == (1, "revoked")
    code, answer = run(json.dumps(badge | {"awardedDate": "2020-11-01T00:00:00Z"}))
    assert (code, reasons(answer)["signature"]) == (1, "not_signed")
    code, answer = run(json.dumps(badge | {"unheardOf": "x"}))
    assert code == 1


def test_a_copy_from_a_wallet_is_checked_by_signature_and_list(
    current: Credential, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    did, base = current.issuer.did, "http://localhost:8080"
    key = SealingKey(
        code="wallet-1",
        purpose=KeyPurpose.WALLET,
        signer=P256Signer(ec.generate_private_key(ec.SECP256R1())),
        method=f"{did}#wallet-1",
    )
    url, day = f"{base}/certification/wallet/status/x1", utc_now()
    claims = {"iss": base, "iat": int(day.timestamp()), "vct": f"{base}/t", "name": "Şükrü Özdoğan"}
    claims["status"] = {"status_list": {"idx": 5, "uri": url}}
    copy = SdJwtVcProofSuite().issue(claims, signing_key=_WalletKey(key), disclosable=["name"])
    file, did_file, list_file = (tmp_path / name for name in ("copy", "did.json", "list"))
    keys = [PublicKey(code=key.code, multibase=key.multibase, jwk=jwk_of_multikey(key.multibase))]
    did_file.write_text(json.dumps(did_document(did, keys)))
    file.write_text(copy)
    arguments = [str(file), "--offline", "--json", "--did", str(did_file), "--status", str(list_file)]
    for values, code, reason in (({}, 0, "in_force"), ({5: 1}, 1, "revoked"), ({5: 2}, 1, "suspended")):
        token = seal_status_token(
            values, url=url, issuer=base, key=key, now=day - timedelta(hours=1), valid_until=day + timedelta(days=1)
        )
        list_file.write_text(token)
        assert main([*arguments, "--name", "ŞÜKRÜ Özdoğan"]) == code
        answer = json.loads(capsys.readouterr().out)
        assert reasons(answer) == ALL_WELL | {"status": reason, "name": "name_fits"}
    file.write_text(copy.replace(copy[60], "A" if copy[60] != "A" else "B", 1))
    assert main(arguments) in (1, 2)
