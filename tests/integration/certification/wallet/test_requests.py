"""What a wallet asks for and may not have is refused under the name that the standard gives it."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from openvc.keys import P256SigningKey

from tests.support.certification import World
from tests.support.wallet import Wallet, sign
from tests.support.wallet_holders import API, BASE, CONFIGURATION, Holder, ask, proof_for, token_of


def old_proof(wallet: Wallet) -> str:
    header = {"typ": "openid4vci-proof+jwt", "alg": "ES256", "jwk": wallet.key.public_jwk()}
    claims = {"aud": BASE, "iat": int(time.time()) - 3_600, "nonce": wallet.nonce(f"{API}/nonce")}
    return sign(header, claims, wallet.key)


def broken(name: str, make: Callable[[Wallet], str]) -> Any:
    return pytest.param(make, id=name)


@pytest.mark.parametrize(
    "make",
    [
        broken("another audience", lambda w: w.proof(audience="https://else.example", nonce=w.nonce(f"{API}/nonce"))),
        broken("another kind of token", lambda w: proof_for(w, typ="JWT")),
        broken("another algorithm", lambda w: proof_for(w, alg="ES384")),
        broken("no algorithm", lambda w: proof_for(w, alg="none")),
        broken("a key that did not sign", lambda w: proof_for(w, jwk=P256SigningKey.generate("x").public_jwk())),
        broken("a private key", lambda w: proof_for(w, jwk={**w.key.public_jwk(), "d": "AAAA"})),
        broken("a name beside the key", lambda w: proof_for(w, kid="did:example:1#2")),
        broken("no nonce", lambda w: w.proof(audience=BASE, nonce="")),
        broken("too old", old_proof),
        broken("no proof at all", lambda w: "x.y.z"),
    ],
)
def test_a_proof_that_proves_nothing_is_refused(holder: Holder, make: Callable[[Wallet], str]) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    refused = ask(wallet, token, make(wallet))
    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_proof")
    assert ask(wallet, token, proof_for(wallet)).status_code == 200, "a refusal costs nothing"


def test_a_challenge_is_used_once_and_must_be_ours(holder: Holder) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    proof = proof_for(wallet)
    assert ask(wallet, token, proof).status_code == 200
    for again in (proof, wallet.proof(audience=BASE, nonce="made.up.nonce"), wallet.proof(audience=BASE, nonce="x")):
        refused = ask(wallet, token, again)
        assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_nonce")


def test_one_offer_does_not_fill_the_lists(holder: Holder) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    for _ in range(2):
        nonce = wallet.nonce(f"{API}/nonce")
        keys = [P256SigningKey.generate(f"k{number}") for number in range(10)]
        assert ask(wallet, token, *(wallet.proof(audience=BASE, nonce=nonce, key=k) for k in keys)).status_code == 200
    refused = ask(wallet, token, proof_for(wallet))
    assert (refused.status_code, refused.get_json()["error"]) == (400, "credential_request_denied")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"credential_configuration_id": "certificate-other"}, "unknown_credential_configuration"),
        ({"credential_configuration_id": None}, "invalid_credential_request"),
        ({"credential_identifier": "certificate"}, "invalid_credential_request"),
        (
            {"credential_configuration_id": None, "credential_identifier": "certificate"},
            "unknown_credential_identifier",
        ),
        ({"credential_response_encryption": {"enc": "A128GCM"}}, "invalid_encryption_parameters"),
        ({"proofs": None}, "invalid_proof"),
        ({"proofs": {"jwt": []}}, "invalid_proof"),
        ({"proofs": {"attestation": ["x"]}}, "invalid_proof"),
    ],
)
def test_what_was_not_offered_is_refused_under_its_name(holder: Holder, more: dict[str, Any], error: str) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    refused = ask(wallet, token, proof_for(wallet), **more)
    assert (refused.status_code, refused.get_json()["error"]) == (400, error)


def test_a_wallet_may_name_the_data_set_instead(holder: Holder) -> None:
    wallet = holder.wallet(holder.offer())
    details = f'[{{"type": "openid_credential", "credential_configuration_id": "{CONFIGURATION}"}}]'
    code = wallet.read_offer()["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]["pre-authorized_code"]
    other = wallet.ask_for_token(f"{API}/token", code=code, authorization_details=details.replace("grund", "x"))
    assert other.get_json()["error"] == "invalid_request"
    answer = wallet.ask_for_token(f"{API}/token", code=code, authorization_details=details).get_json()
    (name,) = answer["authorization_details"][0]["credential_identifiers"]
    asked = {"credential_configuration_id": None, "credential_identifier": name}
    assert ask(wallet, answer["access_token"], proof_for(wallet), **asked).status_code == 200


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": "authorization_code", "code": "x"}, "unsupported_grant_type"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:pre-authorized_code"}, "invalid_request"),
        (
            {"grant_type": "urn:ietf:params:oauth:grant-type:pre-authorized_code", "pre-authorized_code": "x\x00é"},
            "invalid_grant",
        ),
    ],
)
def test_a_token_request_is_refused_under_its_name(world: World, data: dict[str, str], error: str) -> None:
    refused = world.service.client().post(f"{API}/token", data=data)
    assert (refused.status_code, refused.get_json()["error"]) == (400, error)


def test_without_a_token_nothing_is_said(holder: Holder) -> None:
    wallet = holder.wallet(holder.offer())
    bare = ask(wallet, "", proof_for(wallet))
    assert (bare.status_code, bare.headers["WWW-Authenticate"]) == (401, "Bearer")
    wrong = ask(wallet, "wrong", proof_for(wallet))
    assert (wrong.status_code, wrong.get_json()["error"]) == (401, "invalid_token")
    for body in (b"", b"[]", b"{", b"[" * 100_000, b"x" * 300_000, b"\xff"):
        refused = wallet.client.post(
            f"{API}/credential", data=body, headers={"Authorization": f"Bearer {token_of_new(holder)}"}
        )
        assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_credential_request")


def token_of_new(holder: Holder) -> str:
    return token_of(holder.wallet(holder.offer()))
