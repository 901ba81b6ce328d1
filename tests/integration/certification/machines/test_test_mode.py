"""Test mode signs and verifies what follows the data model, and never a certificate."""

import json
from typing import Any

import pytest

from services.certification.domain.tokens import TokenMode, TokenScope
from services.certification.operations.seals import seal_of
from tests.support.certification import World
from tests.support.machines import CONTEXT, TEST, VC, post, token


def draft(**more: Any) -> dict[str, Any]:
    return {
        "@context": [CONTEXT],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:holder", "name": "Ayşe"},
        "validFrom": "2026-01-01T00:00:00Z",
    } | more


def test_test_mode_signs_what_follows_the_data_model_and_verifies_it(world: World) -> None:
    header = token(world, TokenScope.CREDENTIALS_ISSUE, mode=TokenMode.TEST)
    issued = post(world, f"{TEST}/credentials/issue", {"credential": draft()}, header)
    assert issued.status_code == 201
    signed = json.loads(issued.data)
    assert signed["issuer"]["id"] == world.service.client().get(f"{TEST}/issuer").get_json()["id"]
    assert "TEST" in signed["issuer"]["name"]
    answer = post(world, f"{TEST}/credentials/verify", {"verifiableCredential": signed}, header)
    assert (answer.status_code, answer.get_json()["verified"]) == (200, True)
    changed = signed | {"credentialSubject": {"id": "did:example:other"}}
    answer = post(world, f"{TEST}/credentials/verify", {"verifiableCredential": changed}, header)
    assert (answer.status_code, answer.get_json()["errors"]) == (400, ["proof"])


def test_what_test_mode_signs_is_never_a_certificate(world: World) -> None:
    header = token(world, TokenScope.CREDENTIALS_ISSUE, mode=TokenMode.TEST)
    signed = json.loads(post(world, f"{TEST}/credentials/issue", {"credential": draft()}, header).data)
    real = post(world, f"{VC}/credentials/verify", {"verifiableCredential": signed})
    assert (real.status_code, real.get_json()["errors"]) == (400, ["foreign"])
    did = seal_of(world.service.resources.settings).issuer.did
    keys = world.service.client().get("/.well-known/did.json").text
    assert signed["proof"]["verificationMethod"].partition("#")[2] not in keys
    for pretended in (
        draft(issuer=did),
        draft(issuer={"id": did}),
        draft(id=f"{world.service.resources.settings.base_url}/v/ABCD-1234"),
    ):
        answer = post(world, f"{TEST}/credentials/issue", {"credential": pretended}, header)
        assert answer.status_code == 400


def test_live_and_test_tokens_do_not_open_each_others_doors(world: World) -> None:
    certificate = world.certify(world.person())
    url = json.loads(certificate.credential)["id"]
    live = token(world, *TokenScope)
    test = token(world, TokenScope.CREDENTIALS_ISSUE, mode=TokenMode.TEST)
    assert post(world, f"{TEST}/credentials/issue", {"credential": draft()}, live).status_code == 403
    assert post(world, f"{VC}/credentials/issue", {"credential": {"id": url}}, test).status_code == 403
    assert post(world, f"{TEST}/credentials/issue", {"credential": draft()}).status_code == 401


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"@context": []}, "@context"),
        ({"@context": ["https://example.org/x", CONTEXT]}, "@context"),
        ({"@context": [CONTEXT, {"Odd": "https ://no#address"}], "type": ["VerifiableCredential", "Odd"]}, "@context"),
        ({"type": ["Other"]}, "type"),
        ({"credentialSubject": {}}, "credentialSubject"),
        ({"credentialSubject": []}, "credentialSubject"),
        ({"validFrom": "yesterday"}, "validFrom"),
        ({"validFrom": "2026-01-01"}, "validFrom"),
        ({"validUntil": "2020-01-01T00:00:00Z"}, "validUntil"),
        ({"id": "no address"}, "id"),
        ({"credentialStatus": {"id": "https://example.org/1"}}, "credentialStatus"),
        ({"credentialSchema": {"type": "JsonSchema"}}, "credentialSchema"),
        ({"evidence": {"id": "https://example.org/1"}}, "evidence"),
        ({"termsOfUse": {}}, "termsOfUse"),
        ({"name": 5}, "name"),
        ({"undefinedTerm": "x"}, "terms"),
        ({"@context": [CONTEXT, "https://example.org/unknown"]}, "terms"),
        ({"issuer": "did:web:else.example"}, "issuer"),
    ],
)
def test_test_mode_refuses_what_breaks_the_data_model(world: World, change: dict[str, Any], name: str) -> None:
    header = token(world, TokenScope.CREDENTIALS_ISSUE, mode=TokenMode.TEST)
    answer = post(world, f"{TEST}/credentials/issue", {"credential": draft(**change)}, header)
    assert answer.status_code == 400, answer.text
    assert name in answer.get_json()["errors"]["credential"]
