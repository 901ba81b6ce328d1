"""A learner's way through a course, page by page."""

import re
from uuid import UUID

from services.coursework.operations.revisions import Revision, revise_material
from shared.contracts.coursework import LevelPassed, LevelReopened, SubmissionGraded
from shared.contracts.enrollment import PlaceConfirmed
from shared.kernel.clock import utc_now
from tests.integration.coursework.content import MODULES
from tests.integration.coursework.world import Person, World


def materials(world: World, learner: Person) -> list[str]:
    """The addresses of what the course page offers to read, in its order."""
    page = learner.client.get(world.course())
    return list(dict.fromkeys(re.findall(r'href="(/coursework/runs/[^"]+/materials/[^"]+)"', page.text)))


def test_the_whole_way_from_first_lesson_to_the_passed_level(world: World) -> None:
    learner, trainer = world.learner(), world.trainer()
    assert "Grundkurs Heilbronn" in learner.client.words("/coursework/")
    assert "Lektion" in learner.client.words(world.course())
    for module in MODULES:
        world.pass_quiz(learner, module)
        assert not world.events(LevelPassed)
        world.accept(trainer, world.hand_in(learner, module))
    [passed] = world.events(LevelPassed)
    assert (passed.person_id, passed.quizzes_passed, passed.assignments_accepted) == (learner.id, 2, 2)
    assert [graded.is_accepted for graded in world.events(SubmissionGraded)] == [True, True]
    assert "Level passed" in learner.client.words(world.course())
    assert "Passed on" in learner.client.words(world.course("/results"))
    assert "Level passed 1" in trainer.client.words(world.course("/participants"))


def test_a_correction_opens_the_level_again_and_a_second_decision_passes_it_again(world: World) -> None:
    learner, trainer = world.learner(), world.trainer()
    for module in MODULES:
        world.pass_quiz(learner, module)
        last = world.hand_in(learner, module)
        world.accept(trainer, last)
    trainer.client.post(f"/coursework/gradings/{last}/reopen")
    assert len(world.events(LevelReopened)) == 1
    assert "corrected" in learner.client.words(world.course("/results"))
    assert "Gut gemacht." in trainer.client.get(f"/coursework/gradings/{last}").text
    world.accept(trainer, last)
    assert (len(world.events(LevelPassed)), len(world.events(LevelReopened))) == (2, 1)


def test_reading_is_remembered_and_a_new_version_is_announced(world: World) -> None:
    learner, office = world.learner(), world.office()
    address = materials(world, learner)[0]
    assert "Satzung" in learner.client.words(address)
    after = learner.client.post(f"{address}/read", data={"version": "1"})
    assert "/materials/" in after.headers["Location"]
    assert "Read" in learner.client.words(world.course())
    with world.service.transaction() as session:
        revise_material(
            session,
            actor=office.actor,
            material_id=UUID(address.rsplit("/", 1)[-1]),
            revision=Revision("Lektion", None, "Ein Verein hat eine **neue** Satzung.", None),
            based_on=1,
            now=utc_now(),
        )
    assert "Changed since you read it" in learner.client.words(world.course())
    assert "has changed since you read it" in learner.client.words(address)


def test_einfache_sprache_shows_the_other_text_and_german_where_there_is_none(world: World) -> None:
    learner = world.learner(language="de-x-einfach")
    first, second = materials(world, learner)[:2]
    assert "Ein Verein hat Regeln." in learner.client.words(first)
    assert "Noch mehr." in learner.client.words(second)


def test_a_course_that_is_not_ones_own_does_not_exist(world: World) -> None:
    stranger, elsewhere = world.person("Nobody"), world.learner("Else", run_id=world.other_run_id)
    for person in (stranger, elsewhere):
        for path in ("", "/results", "/participants", f"/quiz/{MODULES[0]}", f"/assignment/{MODULES[0]}"):
            status = person.client.get(world.course(path)).status_code
            assert status == 404 or (path == "/participants" and status == 403), path
        assert "Grundkurs Heilbronn" not in person.client.words("/coursework/")


def test_a_released_place_closes_the_course_and_keeps_what_was_done(world: World) -> None:
    learner = world.person("Amal")
    place_id = world.confirm(learner)
    address = world.pass_quiz(learner)
    world.release(learner, place_id)
    assert learner.client.get(world.course()).status_code == 404
    assert learner.client.get(f"{address}/outcome").status_code == 404
    world.hear(PlaceConfirmed(place_id=place_id, run_id=world.run_id, person_id=learner.id, level_code="grundkurs"))
    assert "100 percent" in learner.client.words(f"{address}/outcome")
