"""Thousands of changed files: `memo-verify` calls none valid, and has a word for each."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from services.certification.adapters.badges.baking import bake_png, bake_svg
from services.certification.adapters.badges.drawing import draw_png, draw_svg
from services.certification.adapters.credentials import SignedCredential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import jwk_of_multikey
from services.certification.domain.badges import BadgeFace
from services.certification.domain.credential import Credential
from services.certification.domain.did import PublicKey, did_document
from services.certification.operations.verification import open_upload, uploads
from services.certification.verifier import foreign
from services.certification.verifier.checking import verify_file
from services.certification.verifier.findings import Verdict
from services.certification.verifier.sources import Sources
from shared.kernel.clock import utc_now
from tests.support.reading import read_here
from tests.support.tampering import is_same_json, tampered
from tests.unit.certification.verifier.running import status_list

FACE = BadgeFace(title="Grundkurs", caption="Siegel", position=1)
COUNT = 700
FORMS: dict[str, Callable[[SignedCredential], bytes]] = {
    "json": lambda signed: signed.text.encode(),
    "jwt": lambda signed: signed.jwt.encode(),
    "png": lambda signed: bake_png(draw_png(FACE), signed.text),
    "svg": lambda signed: bake_svg(draw_svg(FACE), signed.jwt),
}


@pytest.fixture
def sources(tmp_path: Path, current: Credential, key: SealingKey) -> Sources:
    did_file, list_file = tmp_path / "did.json", tmp_path / "list.json"
    keys = [PublicKey(code=key.code, multibase=key.multibase, jwk=jwk_of_multikey(key.multibase))]
    did_file.write_text(json.dumps(did_document(current.issuer.did, keys)))
    list_file.write_text(json.dumps(status_list(current, key, (1,))))
    return Sources(mode="none", did_file=did_file, status_file=list_file)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_called_valid_is_what_was_signed(
    form: str, signed: SignedCredential, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (uploads, foreign):
        monkeypatch.setattr(module, "run_isolated", read_here)
    genuine = FORMS[form](signed)
    assert verify_file(genuine, sources=sources, name=None, now=utc_now()).verdict is Verdict.VALID
    content = open_upload(data=genuine).text.encode()
    for number, changed in enumerate(tampered(genuine, seed=f"memo verify {form}", count=COUNT)):
        report = verify_file(changed, sources=sources, name=None, now=utc_now())
        if report.verdict is Verdict.VALID:
            read = open_upload(data=changed).text.encode()
            assert read == content or is_same_json(read, content), (form, number)
        else:
            assert report.problem or report.findings, (form, number)
