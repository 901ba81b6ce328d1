"""The twin of a credential as a token: accepted by libraries that are not ours, and says what the credential says."""

import base64
import dataclasses
import json
from typing import Any

import jwt
import pytest
from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import OKPKey
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.verifier import OB3Verifier

from services.certification.adapters.canonical import canonical_form
from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.proofs import add_proof
from services.certification.adapters.vc_jwt import encode_credential, token_claims
from services.certification.domain.credential import Credential

from .conftest import NOW
from .test_credential import pem


@pytest.fixture
def token(credential: Credential, key: SealingKey) -> str:
    signed = sign_credential(credential, key=key, now=NOW)
    assert signed.jwt
    return signed.jwt


def part(token: str, number: int) -> dict[str, Any]:
    text = token.split(".")[number]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


def test_it_names_its_key_and_says_what_the_credential_says(
    token: str, credential: Credential, key: SealingKey
) -> None:
    assert part(token, 0) == {"alg": "EdDSA", "typ": "vc+jwt", "kid": f"{key.method}-jwk"}
    document = credential.to_document()
    claims = {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": int(NOW.timestamp()),
    }
    assert part(token, 1) == document | claims


def test_three_libraries_verify_it_and_refuse_it_changed(token: str, key: SealingKey) -> None:
    jwk = OKPKey.import_key(pem(key))
    with pytest.warns(SecurityWarning, match="EdDSA"):
        assert jws.deserialize_compact(token, jwk, algorithms=["EdDSA"]).headers()["kid"] == f"{key.method}-jwk"
    options = {"verify_nbf": False}
    assert jwt.decode(token, pem(key), algorithms=["EdDSA"], options=options)["name"].startswith("Zertifikat")
    assert OB3Verifier(pem(key)).verify(token).achievement.name == "Grundkurs"
    header, payload, signature = token.split(".")
    changed = json.loads(base64.urlsafe_b64decode(payload + "==")) | {"name": "Aufbaukurs"}
    forged = base64.urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b"=").decode()
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{header}.{forged}.{signature}", pem(key), algorithms=["EdDSA"], options=options)
    with pytest.raises(LibOpenBadgesException):
        OB3Verifier(pem(key)).verify(f"{header}.{forged}.{signature}")


def test_what_is_written_once_is_byte_for_byte_what_is_written_apart(credential: Credential, key: SealingKey) -> None:
    """The quick way of issuing against the slow one: read through the contexts, each format written by itself."""
    for current in (credential, dataclasses.replace(credential, valid_until=NOW, name='Ein "Name" \\ 😀 %s\n')):
        document = current.to_document()
        signed = sign_credential(current, key=key, now=NOW)
        slow = add_proof(document, key=key, now=NOW, canonical=canonical_form)
        assert signed.text == json.dumps(slow, ensure_ascii=False, separators=(",", ":"))
        assert signed.jwt == encode_credential(document, key=key)
        claims = json.dumps(document | token_claims(document), ensure_ascii=False, separators=(",", ":"))
        assert signed.jwt.split(".")[1] == base64.urlsafe_b64encode(claims.encode()).rstrip(b"=").decode()


def test_the_same_facts_give_the_same_bytes(credential: Credential, key: SealingKey) -> None:
    assert sign_credential(credential, key=key, now=NOW) == sign_credential(credential, key=key, now=NOW)
