"""The JSON doors of courses: the same rules as the pages."""

from tests.support.courses import Courses

PREFIX = "/api/enrollment/v1"


def test_runs_are_open_to_everybody(courses: Courses) -> None:
    course, _ = courses.run(), courses.run(level="aufbaukurs")
    client = courses.service.client()
    found = client.get(f"{PREFIX}/runs?level=grundkurs&near=72070&free=true").json
    assert [item["id"] for item in found["items"]] == [str(course.run_id)]
    assert found["next_cursor"] is None
    run = client.get(f"{PREFIX}/runs/{course.run_id}").json
    assert (run["capacity"], run["seats_free"], run["waiting"]) == (3, 3, 0)
    assert len(run["sessions"]) == 6
    assert run["venue"]["has_ramp"] is True


def test_pages_of_runs_follow_each_other_without_gaps(courses: Courses) -> None:
    wanted = {str(courses.run(starts_in_days=30 + number % 3).run_id) for number in range(23)}
    client = courses.service.client()
    first = client.get(f"{PREFIX}/runs").json
    second = client.get(f"{PREFIX}/runs?after={first['next_cursor']}").json
    assert [len(first["items"]), len(second["items"])] == [20, 3]
    assert {item["id"] for item in (*first["items"], *second["items"])} == wanted


def test_a_draft_and_an_unknown_run_are_not_found(courses: Courses) -> None:
    draft = courses.run(is_published=False)
    client = courses.service.client()
    for run_id in (draft.run_id, draft.carrier_id):
        answer = client.get(f"{PREFIX}/runs/{run_id}")
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"


def test_the_same_key_makes_one_place_and_the_same_answer(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    client = courses.service.client_of(person_id)
    headers = {"Idempotency-Key": "one"}
    first = client.post(f"{PREFIX}/runs/{course.run_id}/places", json={}, headers=headers)
    again = client.post(f"{PREFIX}/runs/{course.run_id}/places", json={}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    other = client.post(f"{PREFIX}/runs/{course.run_id}/places", json={}, headers={"Idempotency-Key": "two"})
    assert other.status_code == 409
    assert [item["state"] for item in client.get(f"{PREFIX}/places").json["items"]] == ["confirmed"]


def test_a_place_is_left_and_the_next_one_takes_it(courses: Courses) -> None:
    course, first_id, next_id = courses.run(capacity=1), courses.person(), courses.person()
    place_id, waiting_id = courses.place(course.run_id, first_id), courses.place(course.run_id, next_id)
    client, other = courses.service.client_of(first_id), courses.service.client_of(next_id)
    assert other.get(f"{PREFIX}/places").json["items"][0]["position"] == 1
    assert other.post(f"{PREFIX}/places/{place_id}/leave").status_code == 404
    assert client.post(f"{PREFIX}/places/{place_id}/leave").json["state"] == "released"
    offered = other.get(f"{PREFIX}/places").json["items"][0]
    assert offered["state"] == "offered"
    assert offered["offer_expires_at"] is not None
    assert other.post(f"{PREFIX}/places/{waiting_id}/accept").json["state"] == "confirmed"


def test_the_board_asks_for_its_member_and_nobody_else_does(courses: Courses) -> None:
    course, board_id, member_id = courses.run(), courses.person(), courses.person()
    association_id = courses.association(member_id, board=board_id)
    body = {"person_id": str(member_id), "association_id": str(association_id)}
    address = f"{PREFIX}/runs/{course.run_id}/places"
    assert courses.service.client().post(address, json=body).status_code == 401
    assert courses.service.client_of(courses.person()).post(address, json=body).status_code == 403
    assert courses.service.client_of(board_id).post(address, json=body).status_code == 201


def test_the_catalogue_and_the_rules_are_open(courses: Courses) -> None:
    client = courses.service.client()
    levels = client.get(f"{PREFIX}/levels").json["items"]
    assert [(level["code"], level["requires_code"]) for level in levels] == [
        ("grundkurs", None),
        ("aufbaukurs", "grundkurs"),
        ("multiplikator", "aufbaukurs"),
    ]
    assert sum(module["units"] for module in levels[2]["modules"]) == 80
    assert len(client.get(f"{PREFIX}/regions").json["items"]) == 5
    settings = {item["key"]: item["value"] for item in client.get(f"{PREFIX}/settings").json["items"]}
    assert settings["offer_answer_hours"] == 48


def test_every_door_is_described(courses: Courses) -> None:
    paths = courses.service.client().get(f"{PREFIX}/openapi.json").json["paths"]
    for path in ("/runs", "/runs/{run_id}", "/runs/{run_id}/places", "/places", "/levels", "/regions", "/settings"):
        assert f"{PREFIX}{path}" in paths
