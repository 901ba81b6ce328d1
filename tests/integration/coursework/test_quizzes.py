"""Answers are kept one by one, survive everything, and are acknowledged."""

from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from shared.contracts.coursework import LevelPassed
from tests.integration.coursework.content import MODULES, RIGHT
from tests.integration.coursework.world import Person, World

AUTOSAVE = {"X-Autosave": "1"}


def questions(learner: Person, address: str) -> dict[int, dict[str, Any]]:
    """The attempt's questions by position, as the JSON door tells them."""
    answer = learner.client.get(f"/api/coursework/v1/attempts/{address.rsplit('/', 1)[-1]}")
    assert answer.status_code == 200, answer.text
    return {question["position"]: question for question in answer.json["questions"]}


def put(learner: Person, address: str, position: int, value: list[str], revision: int) -> Any:
    question_id = questions(learner, address)[position]["question_id"]
    return learner.client.put(
        f"/api/coursework/v1/attempts/{address.rsplit('/', 1)[-1]}/answers/{question_id}",
        json={"value": value, "revision": revision},
    )


def test_every_answer_is_acknowledged_and_is_there_on_another_device(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    saved = learner.client.post(f"{address}/answers", data={"q1": "b"}, headers=AUTOSAVE)
    assert saved.status_code == 200
    assert saved.json["q1"]["verdict"] == "stored"
    telephone = world.service.client_of(learner.id)
    assert 'value="b" checked' in telephone.get(address).text
    review = telephone.words(f"{address}/review")
    assert "Durch die Eintragung" in review
    assert saved.json["q1"]["hash"][:8] in review
    assert "3 questions have no answer yet" in review


def test_a_save_that_was_overtaken_changes_nothing_and_says_so(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    assert put(learner, address, 1, ["b"], 7).json["verdict"] == "stored"
    late = put(learner, address, 1, ["a"], 6)
    assert (late.status_code, late.json["verdict"], late.json["value"]) == (200, "stale", ["b"])
    assert put(learner, address, 1, ["b"], 7).json["verdict"] == "repeated"
    assert put(learner, address, 1, ["a"], 8).json["verdict"] == "stored"
    assert questions(learner, address)[1]["value"] == ["a"]


def test_an_answer_that_waited_offline_does_not_undo_a_newer_one_of_another_device(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    learner.client.post(f"{address}/answers", data={"q1": "b", "age-q1": "60000"}, headers=AUTOSAVE)
    late = learner.client.post(f"{address}/answers", data={"q1": "a", "age-q1": "90000"}, headers=AUTOSAVE)
    assert (late.json["q1"]["verdict"], questions(learner, address)[1]["value"]) == ("stale", ["b"])
    newer = learner.client.post(f"{address}/answers", data={"q1": "a", "age-q1": "30000"}, headers=AUTOSAVE)
    assert (newer.json["q1"]["verdict"], questions(learner, address)[1]["value"]) == ("stored", ["a"])
    odd = learner.client.post(f"{address}/answers", data={"q1": "b", "age-q1": "-1e9"}, headers=AUTOSAVE)
    assert odd.json["q1"]["verdict"] == "stored"


def test_unticking_every_box_is_kept_too(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    learner.client.post(f"{address}/answers", data={"q2": ["a", "b"]}, headers=AUTOSAVE)
    learner.client.post(f"{address}/answers", data={"q2": ""}, headers=AUTOSAVE)
    assert questions(learner, address)[2]["value"] == []


def test_a_form_from_a_page_that_was_left_open_does_not_undo_what_another_device_saved(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    seen = questions(learner, address)[1]["value_hash"]
    put(learner, address, 1, ["b"], 1)
    learner.client.post(address, data={"seen-q1": seen, "seen-q3": seen, "q3": "false"})
    kept = questions(learner, address)
    assert (kept[1]["value"], kept[3]["value"]) == (["b"], ["false"])


def test_a_half_typed_number_is_kept_and_pointed_out_before_handing_in(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    saved = learner.client.post(f"{address}/answers", data={"q4": "sieben", "q1": "b"}, headers=AUTOSAVE)
    assert saved.status_code == 200
    assert "This is not a number" in learner.client.words(f"{address}/review")


def test_an_answer_that_the_question_does_not_have_is_refused(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    refused = learner.client.post(f"{address}/answers", data={"q1": "zzz"}, headers=AUTOSAVE)
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    assert "question 1" in refused.json["detail"]
    assert learner.client.post(f"{address}/answers", data={"q99": "a"}, headers=AUTOSAVE).status_code == 404


def test_what_is_right_is_told_only_after_handing_in(world: World) -> None:
    learner = world.learner()
    address = world.start_quiz(learner)
    before = learner.client.get(address).text + learner.client.get(f"{address}/review").text
    assert "rechtsfähig." not in before
    assert learner.client.get(f"{address}/outcome").status_code == 303
    learner.client.post(address, data={**RIGHT, "q1": "a"})
    learner.client.post(f"{address}/submit")
    after = learner.client.words(f"{address}/outcome")
    assert "75 percent" in after
    assert "Das Konto kommt später. Die Eintragung macht ihn rechtsfähig." in after


def test_after_handing_in_nothing_changes_any_more(world: World) -> None:
    learner = world.learner()
    address = world.pass_quiz(learner)
    late = learner.client.post(f"{address}/answers", data={"q1": "a"}, headers=AUTOSAVE)
    assert late.status_code == 409
    assert "already been handed in" in late.json["detail"]
    assert learner.client.post(f"{address}/submit").status_code == 303
    assert "100 percent" in learner.client.words(f"{address}/outcome")
    assert learner.client.post(world.course(f"/quiz/{MODULES[0]}")).status_code == 409


def test_attempts_end_where_the_rules_say(world: World) -> None:
    learner, office = world.learner(), world.office()
    saved = office.client.post(
        "/coursework/office/rules/grundkurs",
        data={
            "based_on": "0",
            "quiz_pass_percent": "80",
            "attempts_allowed": "2",
            "counting_modules": list(MODULES),
        },
    )
    assert saved.status_code == 303, saved.text
    for _ in range(2):
        address = world.start_quiz(learner)
        learner.client.post(address, data={**RIGHT, "q1": "a"})
        learner.client.post(f"{address}/submit")
    assert "You have used all attempts" in learner.client.words(f"{address}/outcome")
    assert learner.client.post(world.course(f"/quiz/{MODULES[0]}")).status_code == 422


def test_somebody_elses_attempt_does_not_exist(world: World) -> None:
    address = world.start_quiz(world.learner())
    neighbour, trainer = world.learner("Neighbour"), world.trainer()
    for person in (neighbour, trainer):
        for path in (address, f"{address}/review", f"{address}/outcome"):
            assert person.client.get(path).status_code == 404
        assert person.client.post(f"{address}/submit").status_code == 404
    assert neighbour.client.get(f"/coursework/attempts/{uuid4()}").status_code == 404


@pytest.mark.parametrize(
    "statement",
    ["UPDATE question SET prompt = 'x'", "DELETE FROM question", "UPDATE quiz_version SET title = 'x'"],
)
def test_versions_of_a_quiz_never_change(world: World, statement: str) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="never change"), world.service.transaction() as session:
        session.execute(sa.text(statement))


def test_looser_rules_pass_those_who_now_have_everything(world: World) -> None:
    learner, trainer, office = world.learner(), world.trainer(), world.office()
    world.pass_quiz(learner)
    world.accept(trainer, world.hand_in(learner))
    assert not world.events(LevelPassed)
    form = {"based_on": "0", "quiz_pass_percent": "70", "counting_modules": [MODULES[0]]}
    assert office.client.post("/coursework/office/rules/grundkurs", data=form).status_code == 303
    assert [event.person_id for event in world.events(LevelPassed)] == [learner.id]
    stale = office.client.post("/coursework/office/rules/grundkurs", data=form)
    assert stale.status_code == 422
    assert "changed these rules meanwhile" in stale.text
