"""Presentations of holders, made by another library than ours, are checked with their proofs."""

import base64
import hashlib
import json
from typing import Any

import base58
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from services.certification.adapters.contexts import context_folder
from services.certification.domain.credential import CONTEXTS
from tests.support.certification import World
from tests.support.machines import CONTEXT, VC, post, revocation


def canonical_by_others(document: dict[str, Any]) -> bytes:
    """The canonical form as another library makes it."""
    files = {CONTEXTS[0]: "credentials-v2.json", CONTEXTS[1]: "ob-v3p0-context-3.0.3.json"}
    files[CONTEXTS[2]] = "ob-v3p0-extensions.json"

    def load(url: str, _: object) -> dict[str, Any]:
        content = json.loads((context_folder() / files[url]).read_text("utf-8"))
        return {"document": content, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load, "base": ""}
    lines: str = jsonld.normalize(document, options)
    return lines.encode()


class Holder:
    """Somebody with a key of their own."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.name = "z" + base58.b58encode(b"\xed\x01" + self.key.public_key().public_bytes_raw()).decode()
        self.did = f"did:key:{self.name}"

    def present(self, *credentials: dict[str, Any], **proof: str) -> dict[str, Any]:
        document: dict[str, Any] = {
            "@context": [CONTEXT],
            "type": ["VerifiablePresentation"],
            "holder": self.did,
            "verifiableCredential": list(credentials),
        }
        configuration = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-11-23T10:00:00Z",
            "verificationMethod": f"{self.did}#{self.name}",
            "proofPurpose": "authentication",
        } | proof
        parts = canonical_by_others(configuration | {"@context": [CONTEXT]}), canonical_by_others(document)
        signature = self.key.sign(b"".join(hashlib.sha256(part).digest() for part in parts))
        value = "z" + base58.b58encode(signature).decode()
        return document | {"proof": configuration | {"proofValue": value}}

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
