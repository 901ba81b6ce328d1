"""`memo-verify` on files alone: what holds, what does not, what cannot be said."""

import base64
import dataclasses
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.certification.adapters.badges.baking import bake_png, bake_svg
from services.certification.adapters.badges.drawing import draw_png, draw_svg
from services.certification.adapters.credentials import SignedCredential, sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.domain.badges import BadgeFace
from services.certification.domain.credential import Credential, OpenName
from services.certification.domain.status import encode_list
from services.certification.verifier.__main__ import main
from shared.kernel.clock import utc_now
from tests.unit.certification.conftest import NOW
from tests.unit.certification.verifier.running import ALL_WELL, Run, reasons, status_list

FACE = BadgeFace(title="Grundkurs", caption="Siegel", position=1)


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
