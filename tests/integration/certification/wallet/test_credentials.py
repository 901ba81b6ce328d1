"""A certificate goes into a wallet that is not ours, over HTTP, and is checked by software that is not ours."""

import sqlalchemy as sa
from openvc.keys import P256SigningKey
from openvc.type_metadata import validate_type_metadata

from tests.support.wallet import Verifier, disclosures_of, keep_back, signed_by
from tests.support.wallet_holders import API, BASE, CONFIGURATION, Holder, ask, fetch_credential, token_of


def test_a_certificate_goes_into_a_wallet_and_is_shown_to_a_stranger(holder: Holder, verifier: Verifier) -> None:
    address = holder.offer()
    wallet = holder.wallet(address)
    credential = fetch_credential(wallet)
    presentation = verifier.suite.create_presentation(
        credential, holder_key=wallet.key, audience="https://city.example", nonce="n-1"
    )
    shown = verifier.check(presentation, audience="https://city.example", nonce="n-1")
    assert shown.key_bound
    assert shown.issuer == BASE
    assert shown.vct == f"{BASE}/certification/wallet/types/grundkurs"
    assert shown.claims["given_name"] == "Şükrü"
    assert shown.claims["family_name"] == "Özdoğan-Yıldız"
    assert shown.claims["achievement_title"] == "Grundkurs"
    assert shown.claims["expected_study_time"] == "PT18H"
    assert shown.claims["issuing_country"] == "DE"
    assert shown.claims["date_of_issuance"] == holder.certificate.issued_on.isoformat()
    assert shown.claims["certificate_number"] == holder.certificate.number
    assert "Satzung und Versammlung" in shown.claims["learning_outcomes"]
    assert verifier.status_of(credential) == 0
    assert "Your certificate is in the wallet" in holder.browser.words(address)


def test_the_holder_shows_the_level_and_keeps_the_name_back(holder: Holder, verifier: Verifier) -> None:
    wallet = holder.wallet(holder.offer())
    credential = fetch_credential(wallet)
    hidden = keep_back(credential, "given_name", "family_name", "name", "certificate_number", "date_of_issuance")
    presentation = verifier.suite.create_presentation(hidden, holder_key=wallet.key, audience="x", nonce="n")
    shown = verifier.check(presentation, audience="x", nonce="n").claims
    assert shown["achievement_title"] == "Grundkurs"
    assert not {"given_name", "family_name", "name", "certificate_number", "date_of_issuance"} & set(shown)
    in_the_clear = signed_by(credential, verifier.key_of(credential))
    assert not {"given_name", "family_name", "name", "certificate_number"} & set(in_the_clear)
    assert set(disclosures_of(credential)) >= {"given_name", "family_name", "name", "certificate_number"}


def test_the_type_describes_every_claim_that_is_issued(holder: Holder, verifier: Verifier) -> None:
    wallet = holder.wallet(holder.offer())
    credential = fetch_credential(wallet)
    presentation = verifier.suite.create_presentation(credential, holder_key=wallet.key, audience="x", nonce="n")
    claims = verifier.check(presentation, audience="x", nonce="n").claims
    described = validate_type_metadata(
        claims,
        vct=claims["vct"],
        resolve=lambda url: verifier.client.get(url.removeprefix(BASE)).data,
    )
    technical = {"iss", "iat", "vct", "cnf", "status"}
    assert set(claims) - technical <= {claim["path"][0] for claim in described.claims}
    issuer = verifier.fetch(f"{BASE}/.well-known/openid-credential-issuer")
    listed = issuer["credential_configurations_supported"][CONFIGURATION]
    for claim in listed["credential_metadata"]["claims"]:
        assert [name["locale"] for name in claim["display"]] == ["de", "en", "tr", "ar"]
    german = next(look for look in listed["credential_metadata"]["display"] if look["locale"] == "de")
    assert german["name"] == "Zertifikat: Grundkurs"


def test_a_batch_gives_each_key_a_copy_of_its_own(holder: Holder, verifier: Verifier) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    nonce = wallet.nonce(f"{API}/nonce")
    keys = [P256SigningKey.generate(f"k{number}") for number in range(3)]
    answer = ask(wallet, token, *(wallet.proof(audience=BASE, nonce=nonce, key=key) for key in keys))
    copies = [entry["credential"] for entry in answer.get_json()["credentials"]]
    claims = [signed_by(copy, verifier.key_of(copy)) for copy in copies]
    assert [claim["cnf"]["jwk"]["x"] for claim in claims] == [key.public_jwk()["x"] for key in keys]
    assert len({claim["status"]["status_list"]["idx"] for claim in claims}) == 3
    assert len({claim["iat"] for claim in claims}) == 1
    nonce = wallet.nonce(f"{API}/nonce")
    twice = ask(wallet, token, *(wallet.proof(audience=BASE, nonce=nonce) for _ in range(2)))
    assert twice.get_json()["error"] == "invalid_proof"
    many = [P256SigningKey.generate(f"k{number}") for number in range(11)]
    nonce = wallet.nonce(f"{API}/nonce")
    refused = ask(wallet, token, *(wallet.proof(audience=BASE, nonce=nonce, key=key) for key in many))
    assert refused.get_json()["error"] == "invalid_proof"


def test_public_documents_may_be_cached_and_are_asked_for_again_cheaply(holder: Holder) -> None:
    fetch_credential(holder.wallet(holder.offer()))
    client = holder.world.service.client()
    with holder.world.service.transaction() as session:
        code = session.scalar(sa.text("SELECT code FROM status_list WHERE purpose = 'wallet'"))
    for path in (
        "/.well-known/openid-credential-issuer",
        "/.well-known/oauth-authorization-server",
        "/.well-known/jwt-vc-issuer",
        "/certification/wallet/types/grundkurs",
        f"/certification/wallet/status/{code}",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "max-age=300" in answer.headers["Cache-Control"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
