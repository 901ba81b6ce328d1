"""The JSON doors: my certificates, verification, passes; the VC-API."""

import json

from shared.contracts.enrollment import GrantedRole
from tests.support.certification import World

V1, VC = "/api/certification/v1", "/api/certification/vc-api/credentials"


def test_a_person_reads_only_the_own_certificates(world: World) -> None:
    certificate = world.certify(world.person("Ayşe Gül"))
    own = world.service.client_of(certificate.person_id).get(f"{V1}/certificates").get_json()
    assert [item["number"] for item in own["items"]] == [certificate.number]
    assert own["items"][0]["verification_url"].endswith(certificate.number)
    other = world.service.client_of(world.person()).get(f"{V1}/certificates").get_json()
    assert other["items"] == []
    assert world.service.client().get(f"{V1}/certificates").status_code == 401


def test_anybody_verifies_a_number(world: World) -> None:
    certificate = world.certify(world.person("Ayşe Gül"))
    answer = world.service.client().get(f"{V1}/verifications/{certificate.number}")
    body = answer.get_json()
    assert (body["verdict"], body["kind"]) == ("valid", "certificate")
    assert all(check["has_passed"] for check in body["checks"])
    assert "Ayşe" not in answer.text
    missing = world.service.client().get(f"{V1}/verifications/nothing")
    assert missing.status_code == 404
    assert missing.content_type == "application/problem+json"


def test_the_board_reads_the_standing_of_its_own_association_only(world: World) -> None:
    own, foreign = world.association("Eigene"), world.association("Fremde")
    roles = (GrantedRole(role="board", scope_kind="association", scope_id=own),)
    board = world.service.client_of(world.person("Vorstand Eins", roles=roles))
    assert board.get(f"{V1}/associations/{own}/pass").get_json()["members_missing"] == 2
    assert board.get(f"{V1}/associations/{foreign}/pass").status_code == 404
    assert board.get(f"{V1}/passes").status_code == 403


def test_the_vc_api_verifies_genuine_changed_foreign_and_broken_credentials(world: World) -> None:
    certificate = world.certify(world.person())
    client = world.service.client()
    genuine = json.loads(certificate.credential)
    answer = client.post(f"{VC}/verify", json={"verifiableCredential": genuine})
    assert (answer.status_code, answer.get_json()["verified"]) == (200, True)
    changed = client.post(f"{VC}/verify", json={"verifiableCredential": genuine | {"name": "Doktor"}})
    assert (changed.status_code, changed.get_json()["verified"]) == (400, False)
    foreign = client.post(f"{VC}/verify", json={"verifiableCredential": genuine | {"id": "https://x.example/1"}})
    assert (foreign.status_code, foreign.get_json()["errors"]) == (400, ["foreign"])
    assert client.post(f"{VC}/verify", data=b"{").status_code == 400
    assert client.post(f"{VC}/verify", json={}).status_code == 400


def test_the_vc_api_hands_out_and_revokes_for_the_office_with_its_second_factor_only(world: World) -> None:
    certificate = world.certify(world.person())
    url = json.loads(certificate.credential)["id"]
    issue = {"credential": {"id": url}}
    status = {
        "credentialId": url,
        "credentialStatus": [{"type": "BitstringStatusListEntry", "status": "1", "statusPurpose": "revocation"}],
    }
    office_id = world.person("Petra Büro", roles=(GrantedRole(role="office", scope_kind="programme"),))
    without = world.service.client_of(office_id, methods=("pwd",))
    for client, expected in ((world.service.client(), 401), (without, 403)):
        assert client.post(f"{VC}/issue", json=issue).status_code == expected
        assert client.post(f"{VC}/status", json=status).status_code == expected
    office = world.service.client_of(office_id)
    handed = office.post(f"{VC}/issue", json=issue)
    assert (handed.status_code, handed.data.decode()) == (201, certificate.credential)
    assert office.post(f"{VC}/issue", json={"credential": {"id": "https://x.example/"}}).status_code == 400
    assert office.post(f"{VC}/status", json=status).status_code == 200
    answer = world.service.client().post(
        f"{VC}/verify", json={"verifiableCredential": json.loads(certificate.credential)}
    )
    assert (answer.status_code, answer.get_json()["errors"]) == (400, ["revoked"])
