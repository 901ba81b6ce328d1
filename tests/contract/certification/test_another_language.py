"""What we sign is accepted, and what was changed is refused, by software in another language by other people."""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.multikey import jwk_of_multikey
from services.certification.adapters.proofs import add_proof
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.domain.achievement import Achievement
from services.certification.domain.credential import (
    Credential,
    HashedName,
    Issuer,
    OpenName,
    StatusEntry,
    StatusListCredential,
)
from services.certification.domain.did import PublicKey, did_document
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.status import encode_list
from shared.kernel.clock import utc_now
from tests.support.foreign_verifier import Answer, ForeignVerifier, foreign_verifier

BASE, DID = "https://memo.example", "did:web:memo.example"
LIST = f"{BASE}/certification/status/c2d3f4g6"
#: One name in each of twelve scripts.
NAMES = (
    "Şükrü Özdoğan-Yıldız", "Олена Ґалаґан", "Ελένη Παπαδοπούλου", "محمد الحسيني", "שרה לוי", "Սարգիս Գևորգյան",
    "ნინო ბერიძე", "ሰላም ተስፋዬ", "आर्यन शर्मा", "தமிழ்ச்செல்வி", "王小明", "김민준",
)  # fmt: skip


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForeignVerifier]:
    with foreign_verifier(Path(tmp_path_factory.mktemp("verifier"))) as found:
        yield found


@pytest.fixture(scope="module")
def key() -> SealingKey:
    signer = Ed25519Signer(Ed25519PrivateKey.generate())
    return SealingKey(code="key-2026-1", purpose=KeyPurpose.CREDENTIALS, signer=signer, method=f"{DID}#key-2026-1")


def signed(key: SealingKey, *, name: str, is_open: bool = False) -> dict[str, Any]:
    url = f"{BASE}/certification/achievements/grundkurs"
    credential = Credential(
        url=f"{BASE}/v/4C7F-9D3H-KLMN-PQRT-VWXZ-2346-79CD",
        subject_id="urn:uuid:0f4a2c1e-8a51-4a3e-9d0c-5b8a6a1f2b3c",
        name=f'Zertifikat „{name}“ \\ "x"\nzweite Zeile 😀',
        issuer=Issuer(did=DID, name="MEMO-Programmbüro", url=BASE, email="post@memo.example"),
        valid_from=utc_now() - timedelta(days=1),
        holder=OpenName(name) if is_open else HashedName.of(name, salt="00ff"),
        achievement=Achievement(
            url=url,
            name="Grundkurs",
            description=name,
            criteria=f"- {name}",
            code="grundkurs",
            version="0a1b2c3d",
            units_offered=48,
            units_title="Besuchte Unterrichtseinheiten",
            image_url=f"{url}/badge.svg",
            image_caption="Siegel",
        ),
        units_attended=44,
        status=StatusEntry(list_url=LIST, index=77, purpose="revocation"),
    )
    document: dict[str, Any] = json.loads(sign_credential(credential, key=key, now=utc_now()).text)
    return document


def documents(key: SealingKey, *, revoked: set[int]) -> dict[str, Any]:
    """What would be fetched: our identifier, and the signed status list."""
    listed = StatusListCredential(
        url=LIST,
        issuer_did=DID,
        purpose="revocation",
        encoded_list=encode_list(revoked),
        valid_from=utc_now() - timedelta(hours=1),
        valid_until=utc_now() + timedelta(days=7),
    )
    keys = [PublicKey(code=key.code, multibase=key.multibase, jwk=jwk_of_multikey(key.multibase))]
    return {DID: did_document(DID, keys), LIST: add_proof(listed.to_document(), key=key, now=utc_now())}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_twelve_scripts_are_verified(verifier: ForeignVerifier, key: SealingKey, name: str) -> None:
    for is_open in (True, False):
        document = signed(key, name=name, is_open=is_open)
        assert verifier.verify(document, documents=documents(key, revoked={1, 2})) == Answer(is_verified=True)


def test_a_revoked_one_is_seen_in_the_signed_list_and_a_forged_list_is_refused(
    verifier: ForeignVerifier, key: SealingKey
) -> None:
    document = signed(key, name="Şükrü")
    answer = verifier.verify(document, documents=documents(key, revoked={77}))
    assert answer == Answer(is_verified=True, is_set=True)
    lists = documents(key, revoked={1})
    lists[LIST]["credentialSubject"]["encodedList"] = encode_list(set())
    assert not verifier.verify(document, documents=lists).is_verified


def test_changed_ones_are_refused(verifier: ForeignVerifier, key: SealingKey) -> None:
    document, at_hand = signed(key, name="Şükrü"), documents(key, revoked=set())
    subject = document["credentialSubject"]
    changes: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (document, {"name": "Zertifikat"}),
        (document, {"validFrom": "2020-01-01T00:00:00Z"}),
        (document, {"unknown": "x"}),
        (document["issuer"], {"name": "Jemand"}),
        (subject, {"id": "urn:uuid:0f4a2c1e-8a51-4a3e-9d0c-000000000000"}),
        (subject["achievement"], {"name": "Aufbaukurs"}),
        (subject["identifier"][0], {"identityHash": "sha256$" + "0" * 64}),
        (document["credentialStatus"], {"statusListIndex": "78"}),
        (document["proof"], {"created": "2020-01-01T00:00:00Z"}),
    ]
    for place, change in changes:
        before = copy.copy(place)
        place.update(change)
        assert not verifier.verify(document, documents=at_hand).is_verified, change
        place.clear()
        place.update(before)
    assert verifier.verify(document, documents=at_hand).is_verified


def test_another_key_under_our_name_is_refused(verifier: ForeignVerifier, key: SealingKey) -> None:
    document, at_hand = signed(key, name="Şükrü"), documents(key, revoked=set())
    at_hand[DID]["verificationMethod"][0]["publicKeyMultibase"] = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    assert not verifier.verify(document, documents=at_hand).is_verified
