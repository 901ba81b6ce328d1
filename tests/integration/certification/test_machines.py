"""Machines: what a token lets in and what not, and the two sides of the VC-API."""

import base64
import hashlib
import json
import re
from datetime import timedelta
from typing import Any

import base58
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld
from werkzeug.test import TestResponse

from services.certification.adapters.contexts import context_folder
from services.certification.domain.credential import CONTEXTS
from services.certification.domain.tokens import LIMIT, TokenFacts, TokenMode, TokenScope
from services.certification.operations import tokens
from services.certification.operations.seals import seal_of
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import programme_date, utc_now
from tests.support.certification import World

V1, VC = "/api/certification/v1", "/api/certification/vc-api"
TEST = f"{VC}/test"
CONTEXT = "https://www.w3.org/ns/credentials/v2"


def token(world: World, *scopes: TokenScope, mode: TokenMode = TokenMode.LIVE) -> dict[str, str]:
    """The header of a new token."""
    facts = TokenFacts(mode, frozenset(scopes), programme_date(utc_now()) + timedelta(days=30))
    with world.service.transaction() as session:
        _, secret = tokens.make_token(session, actor=SYSTEM, name="Stadt Ulm", facts=facts, now=utc_now())
    return {"Authorization": f"Bearer {secret}"}


def post(world: World, path: str, body: dict[str, Any], header: dict[str, str] | None = None) -> TestResponse:
    return world.service.client().post(path, json=body, headers=header or {})


def revocation(url: str) -> dict[str, Any]:
    entry = {"type": "BitstringStatusListEntry", "status": "1", "statusPurpose": "revocation"}
    return {"credentialId": url, "credentialStatus": [entry]}


def test_a_token_opens_what_its_scopes_name_and_nothing_else(world: World) -> None:
    certificate = world.certify(world.person())
    url = json.loads(certificate.credential)["id"]
    issuing = token(world, TokenScope.CREDENTIALS_ISSUE)
    handed = post(world, f"{VC}/credentials/issue", {"credential": {"id": url}}, issuing)
    assert (handed.status_code, handed.text) == (201, certificate.credential)
    assert post(world, f"{VC}/credentials/status", revocation(url), issuing).status_code == 403
    assert world.service.client().get(f"{V1}/passes", headers=issuing).status_code == 403
    assert world.service.client().get(f"{V1}/certificates", headers=issuing).status_code == 403
    revoking = token(world, TokenScope.CREDENTIALS_STATUS)
    assert post(world, f"{VC}/credentials/issue", {"credential": {"id": url}}, revoking).status_code == 403
    assert post(world, f"{VC}/credentials/status", revocation(url), revoking).status_code == 200
    assert world.service.client().get(f"{V1}/passes", headers=token(world, TokenScope.PASSES_READ)).status_code == 200


def test_the_audit_says_which_token_revoked(world: World) -> None:
    certificate = world.certify(world.person())
    revoking = token(world, TokenScope.CREDENTIALS_STATUS)
    post(world, f"{VC}/credentials/status", revocation(json.loads(certificate.credential)["id"]), revoking)
    with world.service.transaction() as session:
        actor = session.scalar(sa.text("SELECT actor_id FROM audit_entry WHERE subject = 'certificate'"))
        assert actor == session.scalar(sa.text("SELECT id FROM api_token"))


def test_a_token_is_no_key_to_pages_and_no_cookie_helps_it(world: World) -> None:
    everything = token(world, *TokenScope)
    page = world.service.client().get("/certification/office/certificates", headers=everything)
    assert page.status_code == 303
    weak = token(world, TokenScope.PASSES_READ)
    office = world.office()
    assert office.get(f"{V1}/passes", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert office.post(f"{VC}/credentials/status", json=revocation("x"), headers=weak).status_code == 403


@pytest.mark.parametrize(
    "end", ["revoked_at = now()", "expires_on = current_date", "secret_sha256 = 'x'", "expires_on = '2020-01-01'"]
)
def test_a_token_that_has_ended_opens_nothing(world: World, end: str) -> None:
    header = token(world, TokenScope.PASSES_READ)
    assert world.service.client().get(f"{V1}/passes", headers=header).status_code == 200
    with world.service.transaction() as session:
        session.execute(sa.text(f"UPDATE api_token SET {end}"))
    answer = world.service.client().get(f"{V1}/passes", headers=header)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_secret_is_nowhere_in_the_database_and_the_day_of_use_is(world: World) -> None:
    header = token(world, TokenScope.PASSES_READ)
    secret = header["Authorization"].removeprefix("Bearer ")
    world.service.client().get(f"{V1}/passes", headers=header)
    with world.service.transaction() as session:
        row = session.execute(sa.text("SELECT t.*, t::text AS everything FROM api_token t")).one()
    assert secret not in row.everything
    assert row.secret_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    assert row.last_used_on == programme_date(utc_now())


def test_a_token_that_asks_too_often_is_told_when_to_come_back(world: World) -> None:
    header = token(world, TokenScope.PASSES_READ)
    world.service.client().get(f"{V1}/passes", headers=header)
    with world.service.transaction() as session:
        session.execute(sa.text(f"UPDATE attempt_counter SET attempts = {LIMIT} WHERE key LIKE 'token:%'"))
    answer = world.service.client().get(f"{V1}/passes", headers=header)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60


def test_a_repeated_request_of_a_token_gets_the_first_answer(world: World) -> None:
    certificate = world.certify(world.person())
    header = token(world, TokenScope.CREDENTIALS_STATUS) | {"Idempotency-Key": "once"}
    body = revocation(json.loads(certificate.credential)["id"])
    assert [post(world, f"{VC}/credentials/status", body, header).status_code for _ in range(2)] == [200, 200]


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
    for pretended in (draft(issuer=did), draft(issuer={"id": did}), draft(id=f"{_base(world)}/v/ABCD-1234")):
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


def canonical_by_others(document: dict[str, Any]) -> bytes:
    """The canonical form as another library makes it."""
    files = {CONTEXTS[0]: "credentials-v2.json", CONTEXTS[1]: "ob-v3p0-context-3.0.3.json"}
    files[CONTEXTS[2]] = "ob-v3p0-extensions.json"

    def load(url: str, _: object) -> dict[str, Any]:
        content = json.loads((context_folder() / files[url]).read_text("utf-8"))
        return {"document": content, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load, "base": ""}
    lines: str = jsonld.normalize(document, options)
    return lines.encode()


class Holder:
    """Somebody with a key of their own."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.name = "z" + base58.b58encode(b"\xed\x01" + self.key.public_key().public_bytes_raw()).decode()
        self.did = f"did:key:{self.name}"

    def present(self, *credentials: dict[str, Any], **proof: str) -> dict[str, Any]:
        document: dict[str, Any] = {
            "@context": [CONTEXT],
            "type": ["VerifiablePresentation"],
            "holder": self.did,
            "verifiableCredential": list(credentials),
        }
        configuration = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-11-23T10:00:00Z",
            "verificationMethod": f"{self.did}#{self.name}",
            "proofPurpose": "authentication",
        } | proof
        parts = canonical_by_others(configuration | {"@context": [CONTEXT]}), canonical_by_others(document)
        signature = self.key.sign(b"".join(hashlib.sha256(part).digest() for part in parts))
        value = "z" + base58.b58encode(signature).decode()
        return document | {"proof": configuration | {"proofValue": value}}

    def present_as_token(self, *credentials: dict[str, Any], **claims: str) -> dict[str, Any]:
        payload = {"@context": [CONTEXT], "type": ["VerifiablePresentation"], "iss": self.did} | claims
        payload["verifiableCredential"] = list(credentials)  # type: ignore[assignment]
        header = {"alg": "EdDSA", "typ": "vp+jwt", "kid": f"{self.did}#{self.name}"}
        signed = ".".join(_part(json.dumps(part).encode()) for part in (header, payload))
        jwt = f"{signed}.{_part(self.key.sign(signed.encode()))}"
        return {
            "@context": CONTEXT,
            "type": "EnvelopedVerifiablePresentation",
            "id": f"data:application/vp+jwt,{jwt}",
        }


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def check(world: World, presentation: dict[str, Any], **options: str) -> tuple[int, list[str]]:
    body = {"verifiablePresentation": presentation, "options": options}
    answer = post(world, f"{VC}/presentations/verify", body)
    return answer.status_code, answer.get_json()["errors"]


def test_a_presentation_of_real_certificates_is_checked_with_the_holders_proof(world: World) -> None:
    certificate = world.certify(world.person())
    credential, holder = json.loads(certificate.credential), Holder()
    plain = {"@context": [CONTEXT], "type": ["VerifiablePresentation"], "verifiableCredential": [credential]}
    assert check(world, plain) == (200, [])
    # The credential's own contexts make the presentation's canonical form: it is presented in an envelope.
    twin = {
        "@context": CONTEXT,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{certificate.credential_jwt}",
    }
    signed = holder.present(twin, credential, challenge="nonce-1", domain="stadt.example")
    assert check(world, signed, challenge="nonce-1", domain="stadt.example") == (200, [])
    assert check(world, signed, challenge="nonce-2") == (400, ["proof"])
    assert check(world, signed | {"holder": Holder().did})[0] == 400
    assert check(world, holder.present_as_token(credential, nonce="n"), challenge="n") == (200, [])
    assert check(world, holder.present_as_token(credential, nonce="n"), challenge="other") == (400, ["proof"])
    assert check(world, plain | {"verifiableCredential": [credential | {"name": "Doktor"}]}) == (400, ["not_genuine"])
    assert check(world, {}) == (400, ["@context", "type"])
    with world.service.transaction() as session:
        session.execute(sa.text("DELETE FROM attempt_counter"))
    world.office().post(f"{VC}/credentials/status", json=revocation(credential["id"]))
    assert check(world, plain) == (400, ["revoked"])


def test_presentations_of_strangers_are_limited(world: World) -> None:
    answers = {post(world, f"{VC}/presentations/verify", {"verifiablePresentation": {}}).status_code for _ in range(40)}
    assert answers == {400, 429}


def test_a_certificate_is_exported_for_europass_to_whom_it_belongs(world: World) -> None:
    certificate = world.certify(world.person("Ayşe Gül"))
    path = f"{V1}/certificates/{certificate.number}/elm"
    answer = world.service.client_of(certificate.person_id).get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/ld+json")
    found = answer.get_json(force=True)
    assert found["type"] == ["VerifiableCredential", "EuropeanDigitalCredential"]
    claim = found["credentialSubject"]["hasClaim"][0]
    assert found["credentialSubject"]["fullName"] == {"de": "Ayşe Gül"}
    assert claim["awardedBy"]["awardingBody"][0]["id"] == found["issuer"]["id"]
    assert claim["influencedBy"][0]["workload"] == "PT15H"
    assert claim["specifiedBy"]["volumeOfLearning"] == "PT18H"
    assert "proof" not in found
    assert world.service.client_of(world.person()).get(path).status_code == 404
    assert world.service.client().get(path).status_code == 401
    reader = token(world, TokenScope.CERTIFICATES_READ)
    assert world.service.client().get(path, headers=reader).status_code == 200
    post(
        world,
        f"{VC}/credentials/status",
        revocation(json.loads(certificate.credential)["id"]),
        token(world, TokenScope.CREDENTIALS_STATUS),
    )
    assert world.service.client().get(path, headers=reader).status_code == 422


def test_the_office_makes_a_token_sees_it_once_and_takes_it_back(world: World) -> None:
    office, path = world.office(), "/certification/office/tokens"
    form = {
        "name": "Stadt Ulm",
        "mode": "live",
        "scopes": ["passes:read"],
        "expires_on": (programme_date(utc_now()) + timedelta(days=10)).isoformat(),
    }
    made = office.post(path, data=form)
    assert made.status_code == 201
    assert "no-store" in made.headers["Cache-Control"]
    (secret,) = set(re.findall(r"memo_live_[\w-]+", made.text))
    header = {"Authorization": f"Bearer {secret}"}
    assert world.service.client().get(f"{V1}/passes", headers=header).status_code == 200
    again = office.get(path)
    assert "Stadt Ulm" in again.text
    assert secret not in again.text
    for wrong in ({"scopes": []}, {"expires_on": "2020-01-01"}, {"expires_on": "2099-01-01"}, {"mode": "other"}):
        assert office.post(path, data=form | wrong).status_code == 422
    test = form | {"mode": "test", "scopes": ["credentials:status"]}
    assert office.post(path, data=test).status_code == 422
    with world.service.transaction() as session:
        token_id = session.scalar(sa.text("SELECT id FROM api_token"))
    assert world.service.client_of(world.person()).post(f"{path}/{token_id}/revoke").status_code == 403
    office.post(f"{path}/{token_id}/revoke")
    assert world.service.client().get(f"{V1}/passes", headers=header).status_code == 401
    assert "taken back" in office.words(path)


def test_the_interface_describes_the_vc_api_and_its_tokens(world: World) -> None:
    document = world.service.client().get(f"{V1}/openapi.json").get_json()
    issue = document["paths"][f"{VC}/credentials/issue"]["post"]
    assert {"token": []} in issue["security"]
    assert "201" in issue["responses"]
    assert issue["requestBody"]["content"]["application/json"]["schema"]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert f"{TEST}/credentials/issue" in document["paths"]


def _base(world: World) -> str:
    return str(world.service.resources.settings.base_url)
