"""A certificate goes into a wallet that is not ours, over HTTP, and is checked by software that is not ours."""

import dataclasses
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from openvc.keys import P256SigningKey
from openvc.type_metadata import validate_type_metadata
from werkzeug.test import TestResponse

from services.certification.app import make_app
from services.certification.domain.status import StatusPurpose
from services.certification.models import Certificate
from services.certification.operations.seals import seal_of
from services.certification.operations.status import set_status
from services.certification.tasks.wallet import sweep_wallet
from services.certification.worker import make_worker
from shared.kernel.clock import utc_now
from shared.resources import Resources
from tests.support import identities
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.service import CheckedClient, ServiceUnderTest
from tests.support.wallet import Verifier, Wallet, disclosures_of, keep_back, sign, signed_by

BASE = "https://memo.example.org"
API = "/api/certification/wallet"
CONFIGURATION = "certificate-grundkurs"


class HttpsClient(CheckedClient):
    """A browser at our address in production: wallets refuse everything but https."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", BASE)
        return super().open(*args, **kwargs)


class HttpsService(ServiceUnderTest):
    """The service as it is reached in production."""

    def client(self, *, language: str = "en") -> CheckedClient:
        self.app.test_client_class = HttpsClient
        client = self.app.test_client()
        client.set_cookie("memo_language", language, domain="memo.example.org")
        return client

    def client_of(self, person_id: Any, **more: Any) -> CheckedClient:
        client = self.client()
        client.set_cookie("__Host-memo_identity", identities.token(person_id), domain="memo.example.org", secure=True)
        return client


@pytest.fixture
def world(certification: ServiceUnderTest) -> Iterator[World]:
    settings = dataclasses.replace(certification.resources.settings, base_url=BASE)
    resources = Resources(settings)
    yield World(HttpsService(resources, make_app(resources), make_worker(resources)))
    resources.database.dispose()


@dataclasses.dataclass
class Holder:
    """Somebody with a certificate and a browser."""

    world: World
    certificate: Certificate
    browser: CheckedClient

    @property
    def page(self) -> str:
        return f"/certification/certificates/{self.certificate.number}/wallet"

    def offer(self, *, pin: bool = False, given: str = "Şükrü", family: str = "Özdoğan-Yıldız") -> str:
        """The address of the page of a new offer."""
        data = {"given_name": given, "family_name": family, **({"needs_pin": "true"} if pin else {})}
        answer = self.browser.post(self.page, data=data)
        assert answer.status_code == 303, text_of(answer.text)
        return str(answer.headers["Location"]).removeprefix(BASE)

    def link_and_pin(self, address: str) -> tuple[str, str]:
        page = self.browser.get(address).text
        link = re.search(r'href="(openid-credential-offer://[^"]+)"', page)
        pin = re.search(r"(?:\d\s*){6}", text_of(page).partition("Show the PIN")[2])
        assert link
        return link[1].replace("&amp;", "&"), "".join(pin[0].split()) if pin else ""

    def wallet(self, address: str) -> Wallet:
        return Wallet(self.world.service.client(), self.link_and_pin(address)[0])

    def revoke(self) -> None:
        answer = self.world.office().post(
            f"/certification/office/certificates/{self.certificate.number}/revoke",
            data={"reason": "issued_in_error", "note": "Liste verwechselt"},
        )
        assert answer.status_code == 303


@pytest.fixture
def holder(world: World) -> Holder:
    person_id = world.person("Şükrü Özdoğan-Yıldız")
    certificate = world.certify(person_id)
    return Holder(world, certificate, world.service.client_of(person_id))


@pytest.fixture
def verifier(world: World) -> Verifier:
    return Verifier(world.service.client())


def token_of(wallet: Wallet, **more: str) -> str:
    grant = wallet.read_offer()["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]
    answer = wallet.ask_for_token(wallet.token_endpoint(), code=grant["pre-authorized_code"], **more)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json()["token_type"] == "Bearer"
    return str(answer.get_json()["access_token"])


def ask(wallet: Wallet, token: str, *proofs: str, **more: Any) -> Any:
    body = {"credential_configuration_id": CONFIGURATION, "proofs": {"jwt": list(proofs)}, **more}
    body = {name: value for name, value in body.items() if value is not None}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return wallet.client.post(f"{API}/credential", json=body, headers=headers)


def proof_for(wallet: Wallet, **more: Any) -> str:
    return wallet.proof(audience=BASE, nonce=wallet.nonce(f"{API}/nonce"), **more)


def fetch_credential(wallet: Wallet, **more: str) -> str:
    """The whole way of a wallet that is used as it should be, by nothing but the addresses in the metadata."""
    issuer = wallet.issuer()
    configuration = wallet.read_offer()["credential_configuration_ids"][0]
    assert issuer.credential_configurations_supported[configuration]["format"] == "dc+sd-jwt"
    token = token_of(wallet, **more)
    assert issuer.nonce_endpoint
    proof = wallet.proof(audience=issuer.credential_issuer, nonce=wallet.nonce(issuer.nonce_endpoint))
    answer = wallet.post(
        issuer.credential_endpoint,
        json={"credential_configuration_id": configuration, "proofs": {"jwt": [proof]}},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return str(answer.get_json()["credentials"][0]["credential"])


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


def test_revoking_the_certificate_revokes_every_copy(holder: Holder, verifier: Verifier) -> None:
    credentials = [fetch_credential(holder.wallet(holder.offer())) for _ in range(2)]
    assert [verifier.status_of(credential) for credential in credentials] == [0, 0]
    holder.revoke()
    assert [verifier.status_of(credential) for credential in credentials] == [1, 1]


def test_what_is_suspended_is_suspended_in_wallets_and_comes_back(holder: Holder, verifier: Verifier) -> None:
    credential = fetch_credential(holder.wallet(holder.offer()))
    seal = seal_of(holder.world.service.resources.settings)
    for value, expected in ((1, 2), (0, 0)):
        with holder.world.service.transaction() as session:
            set_status(
                session,
                subject_id=holder.certificate.id,
                purpose=StatusPurpose.SUSPENSION,
                value=value,
                seal=seal,
                now=utc_now(),
            )
        assert verifier.status_of(credential) == expected


def test_a_lost_phone_is_withdrawn_without_touching_the_certificate(holder: Holder, verifier: Verifier) -> None:
    address = holder.offer()
    lost = fetch_credential(holder.wallet(address))
    kept = fetch_credential(holder.wallet(holder.offer()))
    assert holder.browser.post(f"{address}/withdraw").status_code == 303
    assert verifier.status_of(lost) == 1
    assert verifier.status_of(kept) == 0
    assert "withdrawn" in holder.browser.words(holder.page)
    assert "genuine and valid" in holder.world.service.client().words(f"/v/{holder.certificate.number}")


def test_a_pin_is_asked_for_where_the_holder_wants_one(holder: Holder) -> None:
    address = holder.offer(pin=True)
    link, pin = holder.link_and_pin(address)
    wallet = Wallet(holder.world.service.client(), link)
    grant = wallet.read_offer()["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]
    assert grant["tx_code"]["length"] == len(pin) == 6
    missing = wallet.ask_for_token(f"{API}/token", code=grant["pre-authorized_code"])
    assert (missing.status_code, missing.get_json()["error"]) == (400, "invalid_request")
    wrong = wallet.ask_for_token(f"{API}/token", code=grant["pre-authorized_code"], tx_code="12x456")
    assert (wrong.status_code, wrong.get_json()["error"]) == (400, "invalid_grant")
    assert fetch_credential(wallet, tx_code=pin)


def test_a_pin_cannot_be_guessed(holder: Holder) -> None:
    address = holder.offer(pin=True)
    link, pin = holder.link_and_pin(address)
    wallet = Wallet(holder.world.service.client(), link)
    code = wallet.read_offer()["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]["pre-authorized_code"]
    for _ in range(5):
        assert wallet.ask_for_token(f"{API}/token", code=code, tx_code="nope").status_code == 400
    right = wallet.ask_for_token(f"{API}/token", code=code, tx_code=pin)
    assert (right.status_code, right.get_json()["error"]) == (400, "invalid_grant")
    assert wallet.get(wallet.offer_url).status_code == 404
    assert "a wrong PIN was typed too often" in holder.browser.words(address)


def test_an_offer_is_redeemed_once(holder: Holder) -> None:
    address = holder.offer()
    first, second = holder.wallet(address), holder.wallet(address)
    code = second.read_offer()["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]["pre-authorized_code"]
    token = token_of(first)
    refused = second.ask_for_token(f"{API}/token", code=code)
    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_grant")
    assert ask(first, token, proof_for(first)).status_code == 200


def test_an_offer_ends_after_ten_minutes_and_a_token_after_fifteen(holder: Holder) -> None:
    address = holder.offer()
    wallet = holder.wallet(address)
    code = wallet.read_offer()["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]["pre-authorized_code"]
    later(holder.world, "wallet_offer", "expires_at", timedelta(minutes=10))
    assert wallet.ask_for_token(f"{API}/token", code=code).get_json()["error"] == "invalid_grant"
    assert wallet.get(wallet.offer_url).status_code == 404
    assert "The ten minutes are over" in holder.browser.words(address)
    answer = holder.browser.post(f"{address}/renew")
    wallet = holder.wallet(str(answer.headers["Location"]).removeprefix(BASE))
    token = token_of(wallet)
    later(holder.world, "wallet_offer", "token_expires_at", timedelta(minutes=15))
    refused = ask(wallet, token, proof_for(wallet))
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def later(world: World, table: str, column: str, time: timedelta) -> None:
    """Let time pass for the rows of a table."""
    with world.service.transaction() as session:
        session.execute(sa.text(f"UPDATE {table} SET {column} = {column} - :time"), {"time": time})


def test_a_new_offer_closes_the_one_before(holder: Holder) -> None:
    first = holder.offer()
    wallet = holder.wallet(first)
    holder.offer()
    assert wallet.get(wallet.offer_url).status_code == 404
    assert "a newer one was made" in holder.browser.words(first)


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


def test_a_revoked_certificate_is_neither_offered_nor_issued(holder: Holder) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    holder.revoke()
    refused = ask(wallet, token, proof_for(wallet))
    assert (refused.status_code, refused.get_json()["error"]) == (400, "credential_request_denied")
    page = holder.browser.post(holder.page, data={"given_name": "Şükrü", "family_name": "Özdoğan-Yıldız"})
    assert page.status_code == 422
    assert "cannot be put into a wallet" in text_of(page.text)


def test_a_wallet_tells_what_became_of_the_copy(holder: Holder, verifier: Verifier) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    answer = ask(wallet, token, proof_for(wallet)).get_json()
    headers = {"Authorization": f"Bearer {token}"}
    notice = {"notification_id": answer["notification_id"], "event": "credential_accepted"}
    for _ in range(2):
        assert wallet.client.post(f"{API}/notification", json=notice, headers=headers).status_code == 204
    credential = answer["credentials"][0]["credential"]
    assert verifier.status_of(credential) == 0
    unknown = wallet.client.post(f"{API}/notification", json={**notice, "notification_id": "x"}, headers=headers)
    assert (unknown.status_code, unknown.get_json()["error"]) == (400, "invalid_notification_id")
    strange = wallet.client.post(f"{API}/notification", json={**notice, "event": "sold"}, headers=headers)
    assert (strange.status_code, strange.get_json()["error"]) == (400, "invalid_notification_request")
    assert wallet.client.post(f"{API}/notification", json=notice).status_code == 401
    gone = {**notice, "event": "credential_deleted"}
    assert wallet.client.post(f"{API}/notification", json=gone, headers=headers).status_code == 204
    assert verifier.status_of(credential) == 1, "what no wallet holds counts nowhere"


@pytest.mark.parametrize(
    ("given", "family", "status"),
    [
        ("Şükrü", "Özdoğan-Yıldız", 303),
        ("Özdoğan-Yıldız", "Şükrü", 303),
        ("", "Şükrü Özdoğan-Yıldız", 303),
        ("Sukru", "Ozdogan-Yildiz", 422),
        ("Şükrü Dr.", "Özdoğan-Yıldız", 422),
        ("Şükrü Özdoğan-Yıldız", "", 422),
        ("", "Şükrü", 422),
    ],
)
def test_the_name_is_divided_and_not_changed(holder: Holder, given: str, family: str, status: int) -> None:
    data = {"given_name": given, "family_name": family}
    assert holder.browser.post(holder.page, data=data).status_code == status


def test_the_offer_is_for_the_holder_alone(holder: Holder) -> None:
    address = holder.offer()
    for stranger in (holder.world.service.client_of(holder.world.person("Ayşe Kaya")), holder.world.office()):
        assert stranger.get(address).status_code in (403, 404)
        assert stranger.get(holder.page).status_code in (403, 404)
        assert stranger.post(f"{address}/renew").status_code in (403, 404)
        assert stranger.post(f"{address}/withdraw").status_code in (403, 404)


def test_neither_secrets_nor_wallets_are_kept(holder: Holder) -> None:
    address = holder.offer(pin=True)
    link, pin = holder.link_and_pin(address)
    wallet = Wallet(holder.world.service.client(), link)
    grant = wallet.read_offer()["grants"]["urn:ietf:params:oauth:grant-type:pre-authorized_code"]
    token = token_of(wallet, tx_code=pin)
    assert ask(wallet, token, proof_for(wallet)).status_code == 200
    with holder.world.service.transaction() as session:
        kept = " ".join(
            str(row)
            for table in ("wallet_offer", "wallet_copy", "wallet_nonce")
            for row in session.execute(sa.text(f"SELECT {table}::text FROM {table}"))
        )
    secrets = (token, grant["pre-authorized_code"], wallet.offer_url.rsplit("/", 1)[1], wallet.key.public_jwk()["x"])
    assert not [secret for secret in secrets if secret in kept]


def test_offers_are_deleted_when_they_are_over_for_a_day(holder: Holder) -> None:
    address = holder.offer()
    wallet = holder.wallet(address)
    assert ask(wallet, token_of(wallet), proof_for(wallet)).status_code == 200
    later(holder.world, "wallet_offer", "expires_at", timedelta(days=2))
    later(holder.world, "wallet_nonce", "expires_at", timedelta(days=2))
    holder.world.service.worker.set_default()
    sweep_wallet()
    assert holder.browser.get(address).status_code == 200, "the token is younger than the offer"
    later(holder.world, "wallet_offer", "token_expires_at", timedelta(days=2))
    sweep_wallet()
    assert holder.browser.get(address).status_code == 404
    with holder.world.service.transaction() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM wallet_nonce")) == 0
        assert session.scalar(sa.text("SELECT count(*) FROM wallet_copy")) == 1


def test_offers_of_one_person_are_limited(holder: Holder) -> None:
    for _ in range(20):
        holder.offer()
    answer = holder.browser.post(holder.page, data={"given_name": "Şükrü", "family_name": "Özdoğan-Yıldız"})
    assert answer.status_code == 422
    assert "tried too often" in text_of(answer.text)


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


def test_a_wallet_that_is_a_page_of_another_site_is_served_and_a_form_from_there_is_not(holder: Holder) -> None:
    wallet = holder.wallet(holder.offer())
    foreign = {"Origin": "https://wallet.example", "Sec-Fetch-Site": "cross-site"}
    asked = wallet.client.options(f"{API}/credential", headers=foreign)
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    answer = wallet.client.post(f"{API}/nonce", headers=foreign)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    data = {"given_name": "Şükrü", "family_name": "Özdoğan-Yıldız"}
    assert holder.browser.post(holder.page, data=data, headers=foreign).status_code == 403


def test_the_page_that_waits_is_loaded_anew_when_a_wallet_has_come_and_stays_as_it_is_before(holder: Holder) -> None:
    address = holder.offer(pin=True)
    link, pin = holder.link_and_pin(address)
    wallet = Wallet(holder.world.service.client(), link)

    def ask_again(seen: str) -> TestResponse:
        return holder.browser.get(f"{address}?seen={seen}", headers={"HX-Request": "true"})

    waiting = ask_again("open")
    assert "HX-Refresh" not in waiting.headers
    assert pin not in waiting.text, "the part that is swapped leaves the rest of the page alone"
    token = token_of(wallet, tx_code=pin)
    assert ask_again("open").headers["HX-Refresh"] == "true"
    assert "A wallet has read the code" in ask_again("redeemed").text
    assert ask(wallet, token, proof_for(wallet)).status_code == 200
    assert ask_again("redeemed").headers["HX-Refresh"] == "true"
