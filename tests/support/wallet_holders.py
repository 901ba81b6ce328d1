"""Somebody who puts a certificate into a wallet, and the way of a wallet that is used as it should be."""

import dataclasses
import re
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from werkzeug.test import TestResponse

from services.certification.models import Certificate
from tests.support import identities
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.service import CheckedClient, ServiceUnderTest
from tests.support.wallet import Wallet

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


def later(world: World, table: str, column: str, time: timedelta) -> None:
    """Let time pass for the rows of a table."""
    with world.service.transaction() as session:
        session.execute(sa.text(f"UPDATE {table} SET {column} = {column} - :time"), {"time": time})
