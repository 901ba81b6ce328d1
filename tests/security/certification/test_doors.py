"""Who gets in where: holder, stranger, boards, office with and without its second factor, nobody."""

import contextlib
import json
import time

import pytest

from services.certification.domain.errors import UploadUnreadable
from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from shared.contracts.enrollment import GrantedRole
from shared.kernel.clock import utc_now
from tests.support.certification import OFFICE, World


def table(number: str, association_id: object, person_id: object) -> list[tuple[str, str, dict[str, int]]]:
    """(method, path, status by person). Rows of others are not found, never forbidden."""
    certificate = f"/certification/certificates/{number}"
    only_holder = {"nobody": 303, "holder": 200, "stranger": 404, "board": 404, "half": 303, "office": 200}
    only_office = {"nobody": 303, "holder": 403, "stranger": 403, "board": 403, "half": 303, "office": 200}
    everybody = dict.fromkeys(only_holder, 200)
    return [
        ("GET", "/certification/", {**everybody, "nobody": 303}),
        ("GET", certificate, only_holder),
        # Not made yet: whoever may have it is sent to the page that waits for it.
        ("GET", f"{certificate}/document.pdf", {**only_holder, "holder": 303, "office": 303}),
        ("GET", f"{certificate}/document", {**only_holder, "holder": 200, "office": 200}),
        ("GET", f"{certificate}/credential.json", only_holder),
        ("GET", "/certification/office/certificates", only_office),
        ("GET", f"/certification/office/certificates/{number}/revoke", only_office),
        ("GET", f"/certification/office/people/{person_id}/erase", only_office),
        ("GET", "/certification/office/reviews", only_office),
        ("GET", "/certification/office/keys", only_office),
        ("GET", "/certification/office/keys/key-2026-1", only_office),
        ("GET", "/certification/office/keys/key-2026-1/revoke", only_office),
        ("GET", "/certification/office/keys/key-2026-1/reissue", only_office),
        ("GET", "/certification/office/tokens", only_office),
        ("GET", "/certification/office/webhooks", only_office),
        ("GET", "/certification/log", everybody),
        ("GET", "/certification/office/passes", only_office),
        ("GET", "/certification/office/pass-rule", only_office),
        ("GET", f"/certification/passes/{association_id}", {**only_office, "board": 200}),
        ("GET", f"/v/{number}", everybody),
        ("GET", "/.well-known/did.json", everybody),
    ]


def test_every_page_lets_in_exactly_whom_it_is_for(world: World) -> None:
    association_id = world.association()
    certificate = world.certify(world.person("Ayşe Gül"))
    board = (GrantedRole(role="board", scope_kind="association", scope_id=association_id),)
    office_id = world.person("Petra Büro", roles=(OFFICE,))
    clients = {
        "nobody": world.service.client(),
        "holder": world.service.client_of(certificate.person_id, methods=("pwd",)),
        "stranger": world.service.client_of(world.person()),
        "board": world.service.client_of(world.person("Vorstand Eins", roles=board), methods=("pwd",)),
        "half": world.service.client_of(office_id, methods=("pwd",)),
        "office": world.service.client_of(office_id),
    }
    for method, path, expected in table(certificate.number, association_id, certificate.person_id):
        for who, status in expected.items():
            answer = clients[who].open(path, method=method)
            assert answer.status_code == status, (method, path, who)


@pytest.mark.parametrize("who", ["stranger", "half"])
def test_a_certificate_is_revoked_by_the_office_with_its_second_factor_alone(world: World, who: str) -> None:
    certificate = world.certify(world.person("Ayşe Gül"))
    office_id = world.person("Petra Büro", roles=(OFFICE,))
    client = {
        "stranger": world.service.client_of(world.person()),
        "half": world.service.client_of(office_id, methods=("pwd",)),
    }[who]
    data = {"reason": "issued_in_error", "note": "x"}
    answer = client.post(f"/certification/office/certificates/{certificate.number}/revoke", data=data)
    assert answer.status_code in (303, 403)
    assert world.certificates()[0].state == "issued"


def test_a_board_learns_nothing_of_another_association(world: World) -> None:
    own, foreign = world.association("Eigener Verein"), world.association("Fremder Verein")
    world.join(foreign, world.person("Ayşe Gül"))
    roles = (GrantedRole(role="board", scope_kind="association", scope_id=own),)
    board = world.service.client_of(world.person("Vorstand Eins", roles=roles))
    assert board.get(f"/certification/passes/{foreign}").status_code == 404
    assert board.post(f"/certification/passes/{foreign}/renew").status_code in (403, 404)


def test_another_sites_page_cannot_revoke(world: World) -> None:
    certificate = world.certify(world.person())
    data = {"reason": "issued_in_error", "note": "x"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    path = f"/certification/office/certificates/{certificate.number}/revoke"
    assert world.office().post(path, data=data, headers=headers).status_code == 403
    assert world.certificates()[0].state == "issued"


def test_hostile_files_are_refused_at_once(world: World) -> None:
    certificate = world.certify(world.person())
    genuine = json.loads(certificate.credential)
    clique = [{"id": f"_:b{n}", "name": [{"id": f"_:b{m}"} for m in range(12)]} for n in range(12)]
    hostile = [
        "[" * 60_000,
        "{" + '"a":' * 9_000,
        json.dumps(genuine | {"evidence": clique}),
        json.dumps(genuine | {"@context": "https://127.0.0.1:1/context"}),
        json.dumps(genuine | {"proof": None}),
        json.dumps(genuine | {"proof": []}),
        json.dumps(genuine | {"id": genuine["id"] + "/../x"}),
        json.dumps({"id": genuine["id"]}),
        json.dumps({"id": [genuine["id"]]}),
        '{"id": "' + genuine["id"] + '", "id": "x"}',
        "\U0001f600" * 10,
    ]
    client = world.service.client()
    for text in hostile:
        answer = client.post("/v/file", data={"text": text})
        assert answer.status_code in (200, 422)
        assert "genuine and valid" not in answer.text
        started = time.process_time()
        with world.service.transaction() as session, contextlib.suppress(UploadUnreadable):
            presented = verification.open_upload(data=text.encode())
            seal = seal_of(world.service.resources.settings)
            verification.verify_presented(session, presented=presented, seal=seal, now=utc_now())
        assert time.process_time() - started < 0.5
    answer = client.post("/v/file", data={"text": "x" * 80_000})
    assert answer.status_code == 422


def test_uploads_from_one_asker_end(world: World) -> None:
    client = world.service.client()
    statuses = [client.post("/v/file", data={"text": "{}"}) for _ in range(32)]
    assert "tried too often" in statuses[-1].text


NASTY = [
    "%00",
    "%ff",
    "%F0%9F%98%80",
    "..%2f..%2fetc",
    "'",
    "%25",
    "a" * 3000,
    "%E2%80%AE",
    "\u202e",
    "x%0d%0aSet-Cookie:a",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_no_address_makes_a_page_fail(world: World, nasty: str) -> None:
    world.certify(world.person())
    office = world.office()
    for path in (
        "/v/{}",
        "/v/?number={}",
        "/certification/status/{}",
        "/certification/achievements/{}",
        "/certification/achievements/{}/badge.svg",
        "/certification/achievements/{}/badge.png",
        "/certification/certificates/{}/badge.png",
        "/certification/certificates/{}/credential.jwt",
        "/certification/certificates/{}",
        "/certification/certificates/{}/document.pdf",
        "/certification/office/certificates?search={}&level={}&state={}",
        "/certification/office/certificates/{}/revoke",
        "/certification/office/passes?search={}&state={}&after={}",
        "/api/certification/v1/verifications/{}",
        "/api/certification/v1/passes?after={}",
    ):
        assert office.get(path.replace("{}", nasty)).status_code < 500, path
    for path in (f"/v/{nasty}/name", f"/certification/office/reviews/{nasty}/close"):
        assert office.post(path, data={"name": "x"}).status_code < 500, path


def test_the_documents_of_the_json_doors_are_openapi(world: World) -> None:
    document = world.service.client().get("/api/certification/v1/openapi.json").get_json()
    assert document["openapi"].startswith("3.1")
    assert "/api/certification/v1/verifications/{number}" in document["paths"]
