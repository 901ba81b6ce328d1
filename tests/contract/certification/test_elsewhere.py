"""What certification serves over HTTP is accepted by implementations that are not ours.

openbadgeslib resolves our did:web, checks proof and status list; openvc-core does the same with its own code. Their
fetches are answered by the app itself: only the bytes that a stranger would get are used.
"""

import json
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError
from openvc.did.did_web import DidWebResolver
from openvc.proof.data_integrity import DataIntegrityProofSuite

from services.certification.adapters.contexts import load_context
from services.certification.domain.credential import CONTEXTS
from services.certification.tasks.inbound import HANDLERS
from shared.contracts.services import Service
from shared.contracts.subscriptions import events_heard_by
from tests.support import identities
from tests.support.certification import OFFICE, World
from tests.support.service import CheckedClient


def bytes_behind(world: World, url: str) -> bytes:
    answer = world.service.client().get(urlsplit(url).path)
    assert answer.status_code == 200, url
    return answer.data


def signed_in(world: World, person_id: UUID, *methods: str) -> CheckedClient:
    """A browser of somebody; behind https the cookie bears the browser's own protection in its name."""
    client = world.service.client()
    client.set_cookie("__Host-memo_identity", identities.token(person_id, methods=methods))
    return client


def holders_file(world: World) -> dict[str, Any]:
    certificate = world.certify(world.person("Şükrü Özdoğan-Yıldız"))
    client = signed_in(world, certificate.person_id, "pwd")
    answer = client.get(f"/certification/certificates/{certificate.number}/credential.json")
    document: dict[str, Any] = json.loads(answer.data)
    return document


def revoke(world: World, document: dict[str, Any]) -> None:
    number = document["id"].rpartition("/")[2]
    data = {"reason": "wrong_person", "note": "Verwechslung"}
    office = signed_in(world, world.person("Petra Büro", roles=(OFFICE,)), "pwd", "otp")
    assert office.post(f"/certification/office/certificates/{number}/revoke", data=data).status_code == 303


def test_openbadgeslib_resolves_verifies_and_sees_the_revocation(world: World) -> None:
    document = holders_file(world)
    issuer_did = document["issuer"]["id"]

    def check() -> Any:
        verifier = OB3LdpVerifier.for_issuer_did(issuer_did, download=lambda url, *_, **__: bytes_behind(world, url))
        return verifier.verify(
            json.dumps(document),
            check_status=True,
            verify_status_list=False,
            download=lambda url, *_, **__: bytes_behind(world, url),
        )

    assert check().name == document["name"]
    revoke(world, document)
    with pytest.raises(OB3VerificationError, match="is set at index"):
        check()


def test_openvc_resolves_our_did_and_verifies_credential_and_status_list(world: World) -> None:
    document = holders_file(world)
    resolver = DidWebResolver(lambda url, *_, **__: json.loads(bytes_behind(world, url)))
    extra = {url: {"@context": load_context(url)} for url in CONTEXTS}
    suite = DataIntegrityProofSuite()
    assert suite.verify(document, resolver=resolver, extra_contexts=extra).issuer == document["issuer"]["id"]
    status_list = json.loads(bytes_behind(world, document["credentialStatus"]["statusListCredential"]))
    verified = suite.verify(status_list, resolver=resolver, extra_contexts=extra)
    assert verified.issuer == document["issuer"]["id"]
    assert not verified.expired


def test_the_achievement_of_the_credential_is_what_its_address_serves(world: World) -> None:
    document = holders_file(world)
    named = document["credentialSubject"]["achievement"]
    client = world.service.client()
    served = client.get(urlsplit(named["id"]).path, headers={"Accept": "application/ld+json"})
    assert served.get_json(force=True) == named
    assert client.get(urlsplit(named["image"]["id"]).path).content_type == "image/svg+xml"


def test_every_event_that_certification_hears_has_a_handler() -> None:
    assert set(HANDLERS) == events_heard_by(Service.CERTIFICATION)
