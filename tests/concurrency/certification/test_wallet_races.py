"""Two wallets at once: one offer, one challenge, and each is used once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from services.certification.domain.errors import WalletRefused
from services.certification.domain.wallet import PRE_AUTHORIZED, new_nonce, offer_secrets
from services.certification.operations.seals import seal_of
from services.certification.operations.wallet.issuing import issue_copies
from services.certification.operations.wallet.offers import offer_certificate
from services.certification.operations.wallet.redeeming import TokenRequest, redeem_offer
from shared.kernel.actor import Actor
from shared.kernel.clock import utc_now
from shared.kernel.errors import DomainError
from tests.support.certification import World
from tests.support.service import ServiceUnderTest
from tests.support.wallet import Wallet

KEY = "a key of the service"


@pytest.fixture
def world(certification: ServiceUnderTest) -> World:
    """Certification over a fresh database."""
    return World(certification)


def at_once(world: World, *works: Any) -> list[Any]:
    """Run each work in a transaction and a connection of its own, all at the same moment; results or refusals."""
    barrier = Barrier(len(works))

    def run(work: Any) -> Any:
        try:
            with world.service.transaction() as session:
                session.execute(sa.text("SELECT 1"))
                barrier.wait(10)
                return work(session)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def offer(world: World, *, pin: bool = False) -> tuple[str, str]:
    """The code and the PIN of a new offer."""
    person_id = world.person("Ayşe Kaya")
    certificate = world.certify(person_id)
    with world.service.transaction() as session:
        offer_id = offer_certificate(
            session,
            actor=Actor(person_id=person_id),
            number=certificate.number,
            given_name="Ayşe",
            family_name="Kaya",
            needs_pin=pin,
            key=KEY,
            now=utc_now(),
        )
    secrets = offer_secrets(offer_id, key=KEY)
    return secrets.code, secrets.pin


def redeem(code: str, pin: str = "") -> Any:
    wanted = TokenRequest(grant_type=PRE_AUTHORIZED, code=code, pin=pin, authorization_details="")
    return lambda session: redeem_offer(session, request=wanted, key=KEY, now=utc_now())


def test_of_wallets_that_redeem_an_offer_at_once_one_wins(world: World) -> None:
    code, _ = offer(world)
    answers = at_once(world, *(redeem(code) for _ in range(4)))
    assert len([answer for answer in answers if isinstance(answer, dict)]) == 1
    assert {answer.error for answer in answers if isinstance(answer, WalletRefused)} == {"invalid_grant"}


def test_guesses_at_once_are_all_counted(world: World) -> None:
    code, pin = offer(world, pin=True)
    wrong = "000000" if pin != "000000" else "000001"
    at_once(world, *(redeem(code, wrong) for _ in range(4)))
    at_once(world, redeem(code, wrong))
    (answer,) = at_once(world, redeem(code, pin))
    assert isinstance(answer, WalletRefused)


def test_a_challenge_that_is_used_at_once_is_used_once(world: World) -> None:
    code, _ = offer(world)
    (answer,) = at_once(world, redeem(code))
    settings = world.service.resources.settings
    wallet = Wallet(world.service.client(), link="")
    proof = wallet.proof(audience=settings.base_url, nonce=new_nonce("unpredictable", key=KEY, now=utc_now()))
    request = {"credential_configuration_id": "certificate-grundkurs", "proofs": {"jwt": [proof]}}

    def issue(session: Any) -> Any:
        return issue_copies(
            session,
            token=answer["access_token"],
            request=request,
            seal=seal_of(settings),
            key=KEY,
            now=utc_now(),
        )

    answers = at_once(world, issue, issue, issue)
    assert len([answer for answer in answers if isinstance(answer, dict)]) == 1
    assert {answer.error for answer in answers if isinstance(answer, WalletRefused)} == {"invalid_nonce"}
