"""What a token lets in and what not, and how the office makes one."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.certification.domain.tokens import LIMIT, TokenScope
from shared.kernel.clock import programme_date, utc_now
from tests.support.certification import World
from tests.support.machines import TEST, V1, VC, post, revocation, token


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
