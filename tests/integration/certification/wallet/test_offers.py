"""What a holder offers to a wallet: for ten minutes, once, to nobody else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from services.certification.tasks.wallet import sweep_wallet
from tests.support.pages import text_of
from tests.support.wallet import Wallet
from tests.support.wallet_holders import API, BASE, Holder, ask, fetch_credential, later, proof_for, token_of


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


def test_a_new_offer_closes_the_one_before(holder: Holder) -> None:
    first = holder.offer()
    wallet = holder.wallet(first)
    holder.offer()
    assert wallet.get(wallet.offer_url).status_code == 404
    assert "a newer one was made" in holder.browser.words(first)


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
