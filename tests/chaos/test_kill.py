"""kill -9 of every process in turn while two people go the whole way: nothing is lost, nothing is doubled."""

import itertools
import secrets
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from playwright.sync_api import Browser

from shared.devkit.journey import joining, planning
from shared.devkit.journey.main_job import ASSOCIATION
from shared.devkit.journey.stage import Stage
from shared.devkit.platform import Platform
from tests.chaos.learner import Learner
from tests.support.visitor import Trouble, Visitor, all_in, insist, wait_until

Seen = TypeVar("Seen")


class Reaper:
    """Kills one process after the other, round and round; a process that is just coming back is left for later."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._names = itertools.cycle(sorted(platform.pids))
        self.killed: list[str] = []

    def strike(self) -> None:
        """Kill the next process."""
        name = next(self._names)
        if name in self._platform.pids:
            self._platform.kill(name)
            self.killed.append(name)


@pytest.fixture
def reaper(platform: Platform) -> Iterator[Reaper]:
    """A reaper, after whom the platform gets well again."""
    reaper = Reaper(platform)
    yield reaper
    wait_until(lambda: is_well(platform), "the platform to be ready again")


def is_well(platform: Platform) -> bool:
    """Whether all three services say that they can work."""
    for service in ("enrollment", "coursework", "certification"):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{platform.port(f'{service}-web')}/readyz", timeout=5):
                pass
        except (OSError, KeyError):
            return False
    return True


@pytest.fixture
def run_id(stage: Stage) -> str:
    """A course of one day, made before anything is killed."""
    title = f"Grundkurs im Sturm {secrets.token_hex(2).upper()}"
    return planning.plan_compact_course(stage, title=title)


def test_killing_every_process_loses_and_doubles_nothing(
    stage: Stage, platform: Platform, chromium: Browser, reaper: Reaper, run_id: str
) -> None:
    invite_code = stage.demo("invite-codes.json")[ASSOCIATION]
    learners = [
        Learner(Visitor(chromium, platform.base_url), full_name=joining.new_person().full_name, run_id=run_id)
        for _ in range(2)
    ]
    trainer = signed_in(stage, chromium, "trainerin@memo-demo.example")
    for learner in learners:
        reaper.strike()
        learner.join(invite_code)
        reaper.strike()
        learner.take_place()
    for learner in learners:
        for module_code in learner.modules():
            reaper.strike()
            learner.pass_quiz(module_code)
            reaper.strike()
            learner.hand_in(module_code)
    grade_all(trainer, run_id, reaper, expected=2 * len(learners[0].modules()))
    note_attendance(trainer, run_id, reaper)

    for learner in learners:
        wait_until(lambda learner=learner: bool(learner.certificates()), f"the certificate of {learner.full_name}")
    wait_until(lambda: is_well(platform), "the platform to be ready again")
    time.sleep(5)  # Whatever is sent twice would arrive by now and must change nothing.
    office = signed_in(stage, chromium, "buero@memo-demo.example")
    for learner in learners:
        [number] = learner.certificates()
        listed = office.get(f"/certification/office/certificates?search={learner.full_name.split()[-1]}")
        assert listed.count(f"/certification/certificates/{number}") == 1
        assert "verdict--success" in office.get(f"/v/{number}")
    assert set(reaper.killed) == set(platform.pids)


def signed_in(stage: Stage, browser: Browser, email: str) -> Visitor:
    """A member of staff with both factors, by the cookies of a tab that has signed in."""
    return Visitor(browser, stage.base_url, cookies=stage.staff(email.partition("@")[0]).context.cookies())


def grade_all(trainer: Visitor, run_id: str, reaper: Reaper, *, expected: int) -> None:
    """Accept everything that waits, until that many are accepted."""
    accepted = f"/coursework/queue?run={run_id}&state=accepted"

    def act() -> None:
        for path in all_in(trainer.get(f"/coursework/queue?run={run_id}"), r'"(/coursework/gradings/[\w-]+)"')[:3]:
            page = trainer.get(path)
            levels = dict(all_in_pairs(page))
            trainer.post(f"{path}/decide", [*levels.items(), ("feedback", "Gut gemacht."), ("outcome", "accepted")])
        reaper.strike()

    insist(lambda: len(all_in(trainer.get(accepted), r'"(/coursework/gradings/[\w-]+)"')) >= expected, act, "grading")


def all_in_pairs(page: str) -> list[tuple[str, str]]:
    """Names and values of a rubric's levels; in a dict the last level, the best, stays."""
    found = all_in(page, r'name="(level-[\w-]+" value="[\w-]+)"')
    return [(entry.partition('" value="')[0], entry.partition('" value="')[2]) for entry in found]


def note_attendance(trainer: Visitor, run_id: str, reaper: Reaper) -> None:
    """Everybody was there, in every workshop."""

    def sessions() -> list[str]:
        return all_in(trainer.get(f"/carrier/runs/{run_id}"), r'"(/teaching/sessions/[\w-]+)"')

    wait_until(lambda: bool(sessions()), "the list of workshops")
    for path in patiently(sessions):
        reaper.strike()
        insist(
            lambda path=path: f"{path}/rest" not in trainer.get(path),
            lambda path=path: trainer.post(f"{path}/rest"),
            path,
        )


def patiently(look: Callable[[], Seen]) -> Seen:
    """The answer of a look, however many it takes."""
    while True:
        try:
            return look()
        except Trouble:
            time.sleep(0.5)
