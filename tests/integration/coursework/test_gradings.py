"""The trainer's queue, claims, drafts and decisions."""

from uuid import uuid4

import sqlalchemy as sa

from shared.contracts.coursework import SubmissionGraded
from tests.integration.coursework.content import MODULES
from tests.integration.coursework.world import World

HIGH = {"level-facts": "high", "level-reason": "high"}


def test_the_queue_shows_own_runs_only_the_oldest_first(world: World) -> None:
    trainer = world.trainer()
    world.hand_in(world.learner("Bahar First"))
    world.hand_in(world.learner("Cem Second"))
    other = world.learner("Dana Elsewhere", run_id=world.other_run_id)
    path = f"/coursework/runs/{world.other_run_id}/assignment/{MODULES[0]}"
    other.client.post(f"{path}/note", data={"note": "Text"})
    words = trainer.client.words("/coursework/queue")
    assert words.index("Bahar First") < words.index("Cem Second")
    assert "Dana" not in words
    assert "2 pieces of work are waiting" in words
    assert trainer.client.get(f"/coursework/queue?run={world.other_run_id}").status_code == 404
    assert trainer.client.get("/coursework/queue?run=nonsense").status_code == 400
    assert trainer.client.get("/coursework/queue?after=nonsense").status_code == 400
    answer = trainer.client.get("/api/coursework/v1/queue").json
    assert [item["learner"] for item in answer["items"]] == ["Bahar First", "Cem Second"]


def test_the_queue_has_pages_and_filters(world: World) -> None:
    trainer = world.trainer()
    for number in range(23):
        world.hand_in(world.learner(f"Learner {number:02d}"))
    first = trainer.client.get("/coursework/queue")
    assert "Learner 19" in first.text
    assert "Learner 20" not in first.text
    following = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Learner 20" in trainer.client.words(following)
    assert "No work fits" in trainer.client.words(f"/coursework/queue?module={MODULES[1]}")
    assert "No work fits" in trainer.client.words("/coursework/queue?state=accepted")


def test_two_trainers_do_not_grade_the_same_work_and_a_claim_expires(world: World) -> None:
    first, second = world.trainer("Tariq"), world.trainer("Tina")
    submission_id = world.hand_in(world.learner())
    assert first.client.post(f"/coursework/gradings/{submission_id}/claim").status_code == 303
    assert "Tariq is grading this work until" in second.client.words(f"/coursework/gradings/{submission_id}")
    refused = second.client.post(f"/coursework/gradings/{submission_id}/draft", data=HIGH, headers={"X-Autosave": "1"})
    assert refused.status_code in (409, 422)
    assert "Somebody is grading it" in second.client.words("/coursework/queue")
    taken = second.client.post("/coursework/queue/next")
    assert taken.headers["Location"] == "/coursework/queue"
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE submission SET claimed_until = now() - interval '1 second'"))
    assert str(submission_id) in second.client.post("/coursework/queue/next").headers["Location"]


def test_the_next_one_is_another_one_and_the_first_goes_back(world: World) -> None:
    trainer = world.trainer()
    first, second = world.hand_in(world.learner("A")), world.hand_in(world.learner("B"))
    assert str(first) in trainer.client.post("/coursework/queue/next").headers["Location"]
    following = trainer.client.post("/coursework/queue/next", data={"besides": str(first)})
    assert str(second) in following.headers["Location"]
    with world.service.transaction() as session:
        held = session.execute(sa.text("SELECT id FROM submission WHERE claimed_by IS NOT NULL")).scalars().all()
    assert held == [second]


def test_a_draft_saves_itself_survives_and_can_be_seen_as_the_learner_will(world: World) -> None:
    learner, trainer = world.learner(), world.trainer()
    submission_id = world.hand_in(learner)
    address = f"/coursework/gradings/{submission_id}"
    autosave = {"X-Autosave": "1"}
    assert trainer.client.post(f"{address}/draft", data={"level-facts": "high"}, headers=autosave).status_code == 204
    saved = trainer.client.post(f"{address}/draft", data={"feedback": "**Sehr** gut"}, headers=autosave)
    assert saved.status_code == 204
    page = trainer.client.get(address).text
    assert "**Sehr** gut" in page
    assert page.count("checked") == 1
    assert "<strong>Sehr</strong> gut" in trainer.client.get(f"{address}/preview").text
    assert "Sehr" not in learner.client.words(f"/coursework/submissions/{submission_id}")


def test_an_incomplete_decision_is_refused_and_nothing_typed_is_lost(world: World) -> None:
    trainer = world.trainer()
    submission_id = world.hand_in(world.learner())
    address = f"/coursework/gradings/{submission_id}"
    refused = trainer.client.post(
        f"{address}/decide", data={"level-facts": "high", "feedback": "Fast fertig", "outcome": "accepted"}
    )
    assert refused.status_code == 422
    assert "Still missing: 1" in refused.text
    assert "Fast fertig" in refused.text
    wordless = trainer.client.post(f"{address}/decide", data={**HIGH, "feedback": "", "outcome": "returned"})
    assert wordless.status_code == 422
    assert "what should change" in wordless.text


def test_another_round_begins_with_the_old_text_and_ends_accepted(world: World) -> None:
    learner, trainer = world.learner(), world.trainer()
    first = world.hand_in(learner, note="Erster Versuch")
    world.accept(trainer, first, outcome="returned")
    page = learner.client.words(world.course(f"/assignment/{MODULES[0]}"))
    assert "another round" in page
    assert "Gut gemacht." in learner.client.words(f"/coursework/submissions/{first}")
    assert "Erster Versuch" in learner.client.get(world.course(f"/assignment/{MODULES[0]}")).text
    second = world.hand_in(learner, note="Zweiter Versuch")
    assert "Version 2" in trainer.client.words(f"/coursework/gradings/{second}")
    assert trainer.client.post(f"/coursework/gradings/{first}/reopen").status_code == 409
    world.accept(trainer, second)
    assert [event.is_accepted for event in world.events(SubmissionGraded)] == [False, True]
    closed = learner.client.post(world.course(f"/assignment/{MODULES[0]}/note"), data={"note": "Noch etwas"})
    assert closed.status_code in (409, 422)


def test_the_queue_is_closed_to_whoever_trains_nothing_there(world: World) -> None:
    learner, elsewhere = world.learner(), world.trainer("Else", run_id=world.other_run_id)
    submission_id = world.hand_in(learner)
    assert learner.client.get("/coursework/queue").status_code == 403
    assert learner.client.get(f"/coursework/gradings/{submission_id}").status_code == 403
    for path in ("", "/preview"):
        assert elsewhere.client.get(f"/coursework/gradings/{submission_id}{path}").status_code == 404
    for path in ("claim", "draft", "reopen", "leave"):
        assert elsewhere.client.post(f"/coursework/gradings/{submission_id}/{path}").status_code == 404
    assert elsewhere.client.get(f"/coursework/gradings/{uuid4()}").status_code == 404


def test_a_staff_role_counts_only_after_a_second_factor(world: World) -> None:
    trainer = world.trainer()
    careless = world.service.client_of(trainer.id, methods=("pwd",))
    answer = careless.get("/coursework/queue")
    assert answer.status_code == 303
    assert "/second-factor" in answer.headers["Location"]


def test_a_draft_of_a_learner_does_not_exist_for_the_trainer(world: World) -> None:
    learner, trainer = world.learner(), world.trainer()
    learner.client.post(world.course(f"/assignment/{MODULES[0]}/note"), data={"note": "Noch nicht fertig"})
    with world.service.transaction() as session:
        submission_id = session.execute(sa.text("SELECT id FROM submission")).scalar_one()
    assert trainer.client.get(f"/coursework/gradings/{submission_id}").status_code == 404
    assert trainer.client.post(f"/coursework/gradings/{submission_id}/claim").status_code == 404
