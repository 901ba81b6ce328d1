"""One port, three stores: whatever holds the key, its signatures verify, and what cannot sign says so in time."""

import dataclasses
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, OKPKey

from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.keyring import Keyring, open_keyring
from services.certification.adapters.multikey import jwk_of_multikey, multikey
from services.certification.adapters.proofs import has_valid_proof
from services.certification.adapters.signers import SigningKeyUnusable
from services.certification.adapters.signers.check import check_signer, verify
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.adapters.signers.patience import CallStalls, PatientLine
from services.certification.domain.credential import Credential
from services.certification.domain.keys import KeyAlgorithm, KeyPurpose, is_key_code
from tests.support.kms import FakeKms, fake_kms
from tests.support.softhsm import SoftHsm, softhsm

from .conftest import NOW

DID = "did:web:memo.example"
MESSAGES = (b"", b"x" * 64, b"Zertifikat" * 300)


@pytest.fixture(scope="module")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftHsm]:
    with softhsm(tmp_path_factory.mktemp("softhsm")) as hsm:
        hsm.make_key("key-2026-2", KeyAlgorithm.ED25519)
        hsm.make_key("wallet-2026-2", KeyAlgorithm.P256)
        yield hsm


@pytest.fixture
def kms() -> Iterator[FakeKms]:
    with fake_kms() as kms:
        kms.keys = {"ed": Ed25519PrivateKey.generate(), "p256": ec.generate_private_key(ec.SECP256R1())}
        yield kms


def keyring(folder: Path, *entries: dict[str, Any]) -> Keyring:
    path = folder / "signing-keys.json"
    path.write_text(json.dumps({"keys": entries}), encoding="utf-8")
    return open_keyring(path, did=DID)


def in_token(hsm: SoftHsm, purpose: str, label: str, **more: Any) -> dict[str, Any]:
    return {
        "code": label,
        "purpose": purpose,
        "store": "pkcs11",
        "module": str(hsm.module),
        "token": "memo",
        "label": label,
        "pin_file": str(hsm.pin_file),
        **more,
    }


def in_kms(kms: FakeKms, folder: Path, purpose: str, key_id: str) -> dict[str, Any]:
    (folder / "kms.json").write_text(json.dumps({"access_key": "a", "secret_key": "b"}), encoding="utf-8")
    return {
        "code": f"cloud-{key_id}",
        "purpose": purpose,
        "store": "kms",
        "key_id": key_id,
        "region": "eu-central-1",
        "endpoint_url": kms.url,
        "credentials_file": "kms.json",
    }


def assert_signs(ring: Keyring) -> None:
    for key in ring.keys.values():
        check_signer(key.signer)
        for message in MESSAGES:
            signature = key.signer.sign(message)
            assert len(signature) == 64
            verify(key.signer.algorithm, key.signer.public_bytes, signature=signature, message=message)


def test_keys_in_files_sign(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)))
    (tmp_path / "b.json").write_text(json.dumps(ECKey.generate_key("P-256").as_dict(private=True)))
    assert_signs(
        keyring(
            tmp_path,
            {"code": "a", "purpose": "credentials", "store": "file", "path": "a.json"},
            {"code": "b", "purpose": "wallet", "store": "file", "path": "b.json"},
        )
    )


def test_keys_in_a_token_sign_and_go_on_after_a_lost_session(hsm: SoftHsm, tmp_path: Path) -> None:
    ring = keyring(tmp_path, in_token(hsm, "credentials", "key-2026-2"), in_token(hsm, "documents", "wallet-2026-2"))
    assert_signs(ring)
    hsm.restart()
    assert_signs(ring)


def test_a_keyring_opens_while_its_token_is_away_and_says_so_when_it_signs(hsm: SoftHsm, tmp_path: Path) -> None:
    away = in_token(hsm, "credentials", "key-2026-2", token="elsewhere")
    unknown = in_token(hsm, "credentials", "nobody")
    no_module = in_token(hsm, "credentials", "key-2026-2", module="/nonexistent.so")
    no_pin = in_token(hsm, "credentials", "key-2026-2", pin_file="/nonexistent", seconds=2)
    for entry in (away, unknown, no_module, no_pin):
        key = keyring(tmp_path, entry).newest(KeyPurpose.CREDENTIALS)
        with pytest.raises(SigningKeyUnusable):
            key.signer.sign(b"x")
        with pytest.raises(SigningKeyUnusable):
            _ = key.multibase


def test_a_wrong_pin_is_tried_once_and_a_corrected_one_at_once(hsm: SoftHsm, tmp_path: Path) -> None:
    # Another token of the process has signed in already, unless the module starts anew.
    hsm.restart()
    pin = tmp_path / "pin.txt"
    pin.write_text("wrong-pin")
    key = keyring(tmp_path, in_token(hsm, "credentials", "key-2026-2", pin_file=str(pin))).newest(
        KeyPurpose.CREDENTIALS
    )
    with pytest.raises(SigningKeyUnusable, match="PinIncorrect"):
        key.signer.sign(b"x")
    for _ in range(20):
        with pytest.raises(SigningKeyUnusable, match="refused before"):
            key.signer.sign(b"x")
    pin.write_text(hsm.pin_file.read_text())
    check_signer(key.signer)


def test_a_token_that_stalls_is_given_up_and_comes_back(
    hsm: SoftHsm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keyring(tmp_path, in_token(hsm, "credentials", "key-2026-2", seconds=0.2)).newest(KeyPurpose.CREDENTIALS)
    check_signer(key.signer)
    goes_on = threading.Event()
    token: Any = key.signer
    whole = token.token._private

    def stall(*given: Any) -> Any:
        goes_on.wait(30)
        return whole(*given)

    monkeypatch.setattr(token.token, "_private", stall)
    for _ in range(3):
        with pytest.raises(SigningKeyUnusable, match="does not answer"):
            key.signer.sign(b"x")
    goes_on.set()
    monkeypatch.undo()
    token.token._line._last.result(10)
    check_signer(key.signer)


def test_keys_in_a_cloud_service_sign(kms: FakeKms, tmp_path: Path) -> None:
    assert_signs(keyring(tmp_path, in_kms(kms, tmp_path, "credentials", "ed"), in_kms(kms, tmp_path, "wallet", "p256")))


def test_a_fault_of_the_service_is_tried_again_once_and_a_lasting_one_is_told(kms: FakeKms, tmp_path: Path) -> None:
    key = keyring(tmp_path, in_kms(kms, tmp_path, "credentials", "ed")).newest(KeyPurpose.CREDENTIALS)
    kms.failures = 1
    check_signer(key.signer)
    kms.calls, kms.failures = 0, 100
    with pytest.raises(SigningKeyUnusable, match="KMSInternalException"):
        key.signer.sign(b"x")
    assert kms.calls == 2


def test_a_key_that_the_service_lacks_or_that_is_of_another_kind_is_told(kms: FakeKms, tmp_path: Path) -> None:
    for key_id, said in (("nobody", "NotFoundException"), ("p256", "no ed25519 key")):
        key = keyring(tmp_path, in_kms(kms, tmp_path, "credentials", key_id)).newest(KeyPurpose.CREDENTIALS)
        with pytest.raises(SigningKeyUnusable, match=said):
            _ = key.multibase


def test_what_the_service_cannot_sign_as_a_whole_is_refused_before_it_is_sent(kms: FakeKms, tmp_path: Path) -> None:
    key = keyring(tmp_path, in_kms(kms, tmp_path, "credentials", "ed")).newest(KeyPurpose.CREDENTIALS)
    with pytest.raises(SigningKeyUnusable, match="4096 bytes"):
        key.signer.sign(b"x" * 4097)
    assert kms.calls == 0


def test_a_credential_too_long_for_the_service_has_no_twin(
    kms: FakeKms, tmp_path: Path, credential: Credential
) -> None:
    key = keyring(tmp_path, in_kms(kms, tmp_path, "credentials", "ed")).newest(KeyPurpose.CREDENTIALS)
    assert sign_credential(credential, key=key, now=NOW).jwt
    long = dataclasses.replace(credential, name="Zertifikat " + "lang " * 600)
    signed = sign_credential(long, key=key, now=NOW)
    assert signed.jwt is None
    assert has_valid_proof(json.loads(signed.text), public_key=key.multibase)


def test_halves_that_do_not_belong_together_are_found() -> None:
    class Mixed(Ed25519Signer):
        @property
        def public_bytes(self) -> bytes:
            return Ed25519PrivateKey.generate().public_key().public_bytes_raw()

    with pytest.raises(SigningKeyUnusable):
        check_signer(Mixed(Ed25519PrivateKey.generate()))


def test_names_that_cannot_stand_in_an_address_are_refused(tmp_path: Path) -> None:
    for name in ("Key", "a b", "a#b", "ä", "-a", "", "key-1-jwk", "a" * 64):
        assert not is_key_code(name)
        with pytest.raises(SigningKeyUnusable, match="names are"):
            keyring(tmp_path, {"code": name, "purpose": "credentials", "store": "file", "path": "x"})


def test_a_line_hands_on_what_is_expected_and_survives_what_is_not() -> None:
    line = PatientLine(seconds=5, expected=(ValueError, TimeoutError))
    assert line.call(lambda: 1) == 1
    with pytest.raises(ValueError, match="invalid literal"):
        line.call(lambda: int("x"))
    with pytest.raises(TimeoutError):
        line.call(_time_out)
    assert line.call(lambda: 2) == 2


def _time_out() -> None:
    raise TimeoutError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_line_starts_anew_after_an_unforeseen_error() -> None:
    line = PatientLine(seconds=5, expected=(ValueError,))
    with pytest.raises(CallStalls):
        line.call(lambda: 1 / 0)
    assert line._thread is not None
    line._thread.join(5)
    assert line.call(lambda: 3) == 3


@given(st.binary(min_size=32, max_size=32))
def test_a_multikey_and_its_jwk_are_the_same_ed25519_key(seed: bytes) -> None:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    jwk = jwk_of_multikey(multikey(KeyAlgorithm.ED25519, public.public_bytes_raw()))
    assert OKPKey.import_key(jwk).public_key.public_bytes_raw() == public.public_bytes_raw()


@given(st.integers(min_value=1, max_value=2**255))
def test_a_multikey_and_its_jwk_are_the_same_p256_key(secret: int) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = ec.derive_private_key(secret, ec.SECP256R1()).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    jwk = jwk_of_multikey(multikey(KeyAlgorithm.P256, point))
    assert ECKey.import_key(jwk).public_key.public_numbers() == public.public_numbers()
