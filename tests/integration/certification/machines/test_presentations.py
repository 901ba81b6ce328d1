"""Presentations of holders, made by another library than ours, are checked with their proofs."""

import base64
import json
from typing import Any

import sqlalchemy as sa

from tests.support.certification import World
from tests.support.foreign_signer import ForeignSigner
from tests.support.machines import CONTEXT, VC, post, revocation


class Holder(ForeignSigner):
    """Somebody with a key of their own."""

    def present(self, *credentials: dict[str, Any], **proof: str) -> dict[str, Any]:
        document: dict[str, Any] = {
            "@context": [CONTEXT],
            "type": ["VerifiablePresentation"],
            "holder": self.did,
            "verifiableCredential": list(credentials),
        }
        return document | {"proof": self.prove(document, **{"proofPurpose": "authentication"} | proof)}

    def present_as_token(self, *credentials: dict[str, Any], **claims: str) -> dict[str, Any]:
        payload: dict[str, Any] = {"@context": [CONTEXT], "type": ["VerifiablePresentation"], "iss": self.did, **claims}
        payload["verifiableCredential"] = list(credentials)
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
