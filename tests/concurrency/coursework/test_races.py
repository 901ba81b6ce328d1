"""Two at once: saves, hand-ins, decisions. Each ends as if one had come after the other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.coursework.domain.errors import SubmissionClaimed
from services.coursework.domain.gradings import Outcome
from services.coursework.operations.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from services.coursework.operations.gradings import claim_next, release_grading, save_draft
from services.coursework.operations.submissions import open_draft
from shared.contracts.coursework import LevelPassed
from shared.kernel.clock import utc_now
from shared.kernel.errors import DomainError
from tests.integration.coursework.content import MODULES
from tests.integration.coursework.world import World

CHOSEN = {"facts": "high", "reason": "high"}


def at_once(world: World, *works: Any) -> list[Any]:
    """Run each work in a transaction and a connection of its own, all at the same moment; results or refusals."""
    barrier = Barrier(len(works))

    def run(work: Any) -> Any:
        try:
            with world.service.transaction() as session:
                session.execute(sa.text("SELECT 1"))
                barrier.wait(10)
                return work(session)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_saves_that_overtake_each_other_leave_the_newest_revision(world: World) -> None:
    learner = world.learner()
    attempt_id = UUID(world.start_quiz(learner).rsplit("/", 1)[-1])

    def save(revision: int) -> Any:
        value = ["a"] if revision % 2 else ["b"]
        return lambda session: save_answers(
            session,
            actor=learner.actor,
            attempt_id=attempt_id,
            answers={1: GivenAnswer(given=value, revision=revision)},
            now=utc_now(),
        )

    at_once(world, *(save(revision) for revision in (5, 2, 4, 1, 3, 6)))
    with world.service.transaction() as session:
        row = session.execute(sa.text("SELECT revision, value FROM answer")).one()
    assert (row.revision, row.value) == (6, ["b"])


def test_a_save_and_the_hand_in_at_once_never_leave_an_answer_that_was_not_scored(world: World) -> None:
    learner = world.learner()
    attempt_id = UUID(world.start_quiz(learner).rsplit("/", 1)[-1])
    at_once(
        world,
        lambda s: save_answers(
            s, actor=learner.actor, attempt_id=attempt_id, answers={1: GivenAnswer(given="b")}, now=utc_now()
        ),
        lambda s: submit_attempt(s, actor=learner.actor, attempt_id=attempt_id, now=utc_now()),
    )
    with world.service.transaction() as session:
        unscored = session.execute(sa.text("SELECT count(*) FROM answer WHERE credit_percent IS NULL")).scalar_one()
        score = session.execute(sa.text("SELECT score_percent FROM attempt")).scalar_one()
        kept = session.execute(sa.text("SELECT count(*) FROM answer")).scalar_one()
    assert unscored == 0
    assert score == 25 * kept


def test_one_attempt_is_open_however_often_start_is_pressed(world: World) -> None:
    learner = world.learner()
    works = [
        lambda s: start_attempt(s, actor=learner.actor, run_id=world.run_id, module_code=MODULES[0], now=utc_now()).id
        for _ in range(4)
    ]
    assert len(set(at_once(world, *works))) == 1


def test_one_draft_is_open_however_many_files_are_announced(world: World) -> None:
    learner = world.learner()
    works = [
        lambda s: open_draft(s, actor=learner.actor, run_id=world.run_id, module_code=MODULES[0])[0].id
        for _ in range(4)
    ]
    assert len(set(at_once(world, *works))) == 1


def test_the_level_is_passed_exactly_once_when_the_last_two_facts_come_at_once(world: World) -> None:
    learner, first, second = world.learner(), world.trainer("Tariq"), world.trainer("Tina")
    ids = []
    for module in MODULES:
        world.pass_quiz(learner, module)
        ids.append(world.hand_in(learner, module))

    def decide(trainer: Any, submission_id: UUID) -> Any:
        def work(session: Any) -> None:
            save_draft(
                session,
                actor=trainer.actor,
                submission_id=submission_id,
                chosen=CHOSEN,
                feedback="Gut",
                now=utc_now(),
            )
            release_grading(
                session, actor=trainer.actor, submission_id=submission_id, outcome=Outcome.ACCEPTED, now=utc_now()
            )

        return work

    assert at_once(world, decide(first, ids[0]), decide(second, ids[1])) == [None, None]
    assert len(world.events(LevelPassed)) == 1


def test_two_trainers_who_decide_about_the_same_work_decide_once(world: World) -> None:
    learner, first, second = world.learner(), world.trainer("Tariq"), world.trainer("Tina")
    submission_id = world.hand_in(learner)
    works = [
        lambda s, t=trainer: (
            save_draft(
                s, actor=t.actor, submission_id=submission_id, chosen=CHOSEN, feedback="Gut", now=utc_now()
            ).revision
        )
        for trainer in (first, second)
    ]
    outcomes = at_once(world, *works)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [SubmissionClaimed.__name__, "int"]


def test_two_trainers_who_take_the_next_one_get_two_different_ones(world: World) -> None:
    first, second = world.trainer("Tariq"), world.trainer("Tina")
    ids = {world.hand_in(world.learner("A")), world.hand_in(world.learner("B"))}
    works = [
        lambda s, t=trainer: claim_next(s, actor=t.actor, besides=None, now=utc_now()) for trainer in (first, second)
    ]
    assert set(at_once(world, *works)) == ids
