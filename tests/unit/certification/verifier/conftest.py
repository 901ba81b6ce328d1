"""A certificate in force, and `memo-verify` to run on it."""

import dataclasses
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.certification.adapters.credentials import SignedCredential, sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import jwk_of_multikey
from services.certification.domain.credential import Credential, StatusEntry
from services.certification.domain.did import PublicKey, did_document
from services.certification.verifier.__main__ import main
from shared.kernel.clock import utc_now
from tests.unit.certification.conftest import NOW
from tests.unit.certification.verifier.running import Run, status_list


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
