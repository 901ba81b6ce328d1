"""What `memo-verify` says of a file, and lists to give it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.proofs import add_proof
from services.certification.domain.credential import Credential, StatusListCredential
from services.certification.domain.status import encode_list
from shared.kernel.clock import utc_now
from tests.unit.certification.conftest import NOW

Run = Callable[..., tuple[int, dict[str, Any]]]


def status_list(credential: Credential, key: SealingKey, revoked: tuple[int, ...], days: int = 7) -> dict[str, Any]:
    return add_proof(
        StatusListCredential(
            url=credential.status.list_url,
            issuer_did=credential.issuer.did,
            purpose=credential.status.purpose,
            encoded_list=encode_list(revoked),
            valid_from=utc_now() - timedelta(days=30),
            valid_until=utc_now() + timedelta(days=days),
        ).to_document(),
        key=key,
        now=NOW,
    )


def reasons(answer: dict[str, Any]) -> dict[str, str]:
    return {check["check"]: check["reason"] for check in answer["checks"]}


ALL_WELL = {"signature": "signed", "time": "in_time", "status": "in_force"}
