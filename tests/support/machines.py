"""Other programs: their tokens and what they send to the VC-API."""

from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from services.certification.domain.tokens import TokenFacts, TokenMode, TokenScope
from services.certification.operations import tokens
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
