"""Certificates for wallets: SD-JWT credentials in this process, and the whole credential endpoint with its database."""

import time
from datetime import UTC, date, datetime

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from openvc.keys import P256SigningKey

from bench.load import paired
from bench.stage import Stage
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.signers.file import P256Signer
from services.certification.adapters.wallet.sealing import seal_copy
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.wallet import PRE_AUTHORIZED, configuration_id, new_nonce, offer_secrets
from services.certification.domain.wallet_credential import WalletCredential
from services.certification.models import Certificate
from services.certification.operations.seals import seal_of
from services.certification.operations.wallet.issuing import issue_copies
from services.certification.operations.wallet.offers import offer_certificate
from services.certification.operations.wallet.redeeming import TokenRequest, redeem_offer
from shared.contracts.services import Service
from shared.db import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_secret
from tests.support.wallet import sign

ROUNDS = 18
_SAMPLE = WalletCredential(
    issuer="https://memo.example.org",
    type_url="https://memo.example.org/certification/wallet/types/grundkurs",
    status_url="https://memo.example.org/certification/wallet/status/c2d3f4g6",
    status_index=7,
    issued_at=datetime(2026, 11, 23, tzinfo=UTC),
    given_name="Şükrü",
    family_name="Özdoğan-Yıldız",
    full_name="Şükrü Özdoğan-Yıldız",
    title="Grundkurs",
    description="Stufe des Programms, das Migrantenvereine qualifiziert: 48 Unterrichtseinheiten.",
    outcomes=[f"Workshop {number}" for number in range(1, 7)],
    grade="Bestanden",
    units=48,
    level=4,
    language="de",
    authority="MEMO-Programmbüro",
    country="DE",
    issued_on=date(2026, 11, 20),
    expires_on=None,
    number="4C7F-9D3H-KLMN-PQRT-VWXZ-2346-79CD",
)


def rates(*, count: int = 3_000) -> tuple[float, float]:
    """SD-JWT credentials with eleven disclosures a second, and raw ES256 signatures a second, in the same run."""
    signer = P256Signer(ec.generate_private_key(ec.SECP256R1()))
    key = SealingKey(code="wallet-1", purpose=KeyPurpose.WALLET, signer=signer, method="did:web:x#wallet-1")
    holder_key = P256SigningKey.generate("holder").public_jwk()
    message = b"x" * 900
    started = time.process_time()
    for _ in range(count):
        seal_copy(_SAMPLE, key=key, holder_key=holder_key)
    between = time.process_time()
    for _ in range(count):
        signer.sign(message)
    return count / (between - started), count / (time.process_time() - between)


def credential_request(stage: Stage) -> tuple[float, float]:
    """Seconds of a credential request: proof, nonce, status entry, commit; its ratio to one ES256 signature."""
    resources = stage.resources(Service.CERTIFICATION)
    database, settings = resources.database, resources.settings
    seal, wallet = seal_of(settings), P256SigningKey.generate("wallet")
    token, configuration = _token(database, settings.secret_key)
    raw = P256Signer(ec.generate_private_key(ec.SECP256R1()))

    def issue() -> None:
        now = utc_now()
        nonce = new_nonce(new_secret(), key=settings.secret_key, now=now)
        header = {"typ": "openid4vci-proof+jwt", "alg": "ES256", "jwk": wallet.public_jwk()}
        proof = sign(header, {"aud": seal.base_url, "iat": int(now.timestamp()), "nonce": nonce}, wallet)
        request = {"credential_configuration_id": configuration, "proofs": {"jwt": [proof]}}
        with database.transaction() as session:
            issue_copies(session, token=token, request=request, seal=seal, key=settings.secret_key, now=now)

    return paired(issue, lambda: raw.sign(b"x" * 900) and None, rounds=ROUNDS)


def _token(database: Database, key: str) -> tuple[str, str]:
    """The access token of a new offer of some certificate of the demo programme."""
    with database.transaction() as session:
        certificate = session.scalars(sa.select(Certificate).where(Certificate.state == "issued").limit(1)).one()
        given_name, _, family_name = certificate.full_name.rpartition(" ")
        offer_id = offer_certificate(
            session,
            actor=Actor(certificate.person_id),
            number=certificate.number,
            given_name=given_name,
            family_name=family_name,
            needs_pin=False,
            key=key,
            now=utc_now(),
        )
        session.flush()
        code = offer_secrets(offer_id, key=key).code
        wanted = TokenRequest(grant_type=PRE_AUTHORIZED, code=code, pin="", authorization_details="")
        answer = redeem_offer(session, request=wanted, key=key, now=utc_now()) or {}
        return str(answer["access_token"]), configuration_id(certificate.level_code)


if __name__ == "__main__":
    sealed, signed = rates()
    print(f"SD-JWT credentials {sealed:,.0f}/s, raw ES256 {signed:,.0f}/s, ratio {signed / sealed:.1f}")
