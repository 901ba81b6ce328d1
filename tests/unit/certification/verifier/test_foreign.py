"""What others sign, and copies from wallets."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from openvc.proof.sd_jwt import SdJwtVcProofSuite

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import jwk_of_multikey
from services.certification.adapters.proofs import add_proof
from services.certification.adapters.signers.file import P256Signer
from services.certification.adapters.wallet.sealing import _WalletKey, seal_status_token
from services.certification.domain.credential import Credential
from services.certification.domain.did import PublicKey, did_document
from services.certification.domain.keys import KeyPurpose
from services.certification.verifier.__main__ import main
from shared.kernel.clock import utc_now
from tests.unit.certification.conftest import NOW
from tests.unit.certification.verifier.running import ALL_WELL, Run, reasons


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
