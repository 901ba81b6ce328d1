"""A new rule is weighed by the worker in parts: seen by the office, resumed after a fault, each association once."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.certification.domain.passes import DEFAULT_RULE
from services.certification.operations import passes
from services.certification.operations.passes import rule_weighing
from shared.contracts.certification import PassWeighingStepDue
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import programme_date, utc_now
from tests.support.certification import World
from tests.support.passes import RULE, work_on_weighing
from tests.support.service import CheckedClient

PATH = "/certification/office/pass-rule"
ASSOCIATIONS = 20


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> CheckedClient:
    """The office over associations with one qualified member each; a step weighs eight of them."""
    monkeypatch.setattr(rule_weighing, "STEP_SIZE", 8)
    person_id = world.person("Ayşe Gül")
    for code in ("grundkurs", "aufbaukurs"):
        world.certify(person_id, level_code=code)
    for number in range(ASSOCIATIONS):
        world.join(world.association(f"Verein {number}"), person_id)
    return world.office()


def set_rule(office: CheckedClient, *, members_needed: str) -> None:
    assert office.post(PATH, data=RULE | {"members_needed": members_needed}).status_code == 303


def count_of(words: str, label: str) -> int:
    """The number that stands beside a label."""
    found = re.search(rf"{label}\s*(\d+)", words)
    assert found, words
    return int(found[1])


def states(world: World) -> dict[str, int]:
    """How many passes are in each state."""
    with world.service.transaction() as session:
        rows = session.execute(sa.text("SELECT state, count(*) FROM association_pass GROUP BY state"))
        return {state: count for state, count in rows}


def lane(world: World, *, version: int) -> PassWeighingStepDue:
    """The message that the lane at work was last asked with."""
    with world.service.transaction() as session:
        query = sa.text("SELECT lane_id FROM pass_weighing WHERE rule_version = :version")
        lane_id: UUID = session.scalars(query, {"version": version}).one()
    return PassWeighingStepDue(lane_id=lane_id, rule_version=version)


def test_the_page_answers_before_anything_is_weighed_and_shows_how_far_it_is(
    world: World, office: CheckedClient
) -> None:
    set_rule(office, members_needed="1")
    assert states(world) == {}
    assert f"0 of {ASSOCIATIONS}" in office.words(PATH)
    work_on_weighing(world, steps=1)
    assert states(world) == {"awarded": 8}
    part = office.get(PATH, headers={"HX-Request": "true"}).text
    assert f"8 of {ASSOCIATIONS}" in part
    assert "hx-get" in part
    assert "<html" not in part
    work_on_weighing(world)
    assert states(world) == {"awarded": ASSOCIATIONS}
    words = office.words(PATH)
    assert f"{ASSOCIATIONS} of {ASSOCIATIONS}" in words
    assert count_of(words, "Pass awarded, or back again") == ASSOCIATIONS
    assert "hx-get" not in office.get(PATH, headers={"HX-Request": "true"}).text
    set_rule(office, members_needed="2")
    work_on_weighing(world)
    assert count_of(office.words(PATH), "Suspended") == ASSOCIATIONS


def test_each_step_asks_for_the_next_one_until_all_are_weighed(world: World, office: CheckedClient) -> None:
    set_rule(office, members_needed="1")
    work_on_weighing(world)
    assert len(world.sent("certification.pass_weighing_step_due")) == 3


def test_a_part_that_dies_is_weighed_again_and_nothing_of_it_was_seen(
    world: World, office: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rule(office, members_needed="1")
    work_on_weighing(world, steps=1)
    with monkeypatch.context() as broken:
        broken.setattr(rule_weighing, "count_changes", lambda _kinds: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work_on_weighing(world, steps=1)
    assert states(world) == {"awarded": 8}
    assert len(world.sent("certification.pass_changed")) == 8
    assert f"8 of {ASSOCIATIONS}" in office.words(PATH)
    work_on_weighing(world)
    awarded_once(world)


def awarded_once(world: World) -> None:
    """Each association has one pass, and was told of it once."""
    assert states(world) == {"awarded": ASSOCIATIONS}
    assert len(world.sent("certification.pass_changed")) == ASSOCIATIONS
    with world.service.transaction() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM log_entry WHERE kind = 'pass_issued'")) == ASSOCIATIONS


def test_a_step_waits_for_the_one_that_another_worker_is_doing(world: World, office: CheckedClient) -> None:
    set_rule(office, members_needed="1")
    step = lane(world, version=2)
    with ThreadPoolExecutor(1) as other:
        with world.service.transaction() as session:
            passes.weigh_next(session, event=step, now=utc_now())
            session.flush()
            waiting = other.submit(world.hear, step)
            time.sleep(0.5)
            assert not waiting.done()
        waiting.result()
    words = office.words(PATH)
    assert f"16 of {ASSOCIATIONS}" in words
    assert count_of(words, "Pass awarded, or back again") == 16
    work_on_weighing(world)
    awarded_once(world)


def test_a_second_change_stops_the_weighing_under_way_and_weighs_all_anew(world: World, office: CheckedClient) -> None:
    set_rule(office, members_needed="1")
    work_on_weighing(world, steps=1)
    first = lane(world, version=2)
    set_rule(office, members_needed="2")
    words = office.words(PATH)
    assert "Weighing by version 3" in words
    assert "The weighing by version 2 was still under way." in words
    assert f"0 of {ASSOCIATIONS}" in words
    world.hear(first)
    assert f"0 of {ASSOCIATIONS}" in office.words(PATH)
    work_on_weighing(world)
    assert states(world) == {"suspended": 8}


def test_two_who_set_a_rule_at_once_do_so_in_turn(world: World, office: CheckedClient) -> None:
    set_rule(office, members_needed="2")
    with ThreadPoolExecutor(1) as other:
        with world.service.transaction() as session:
            passes.change_rule(session, actor=SYSTEM, draft=replace(DEFAULT_RULE, members_needed=3), now=utc_now())
            waiting = other.submit(set_rule, office, members_needed="1")
            time.sleep(0.5)
            assert not waiting.done()
        waiting.result()
    assert "Weighing by version 4" in office.words(PATH)
    work_on_weighing(world)
    awarded_once(world)


def test_a_weighing_that_has_lost_its_lane_says_so_and_gets_a_new_one(world: World, office: CheckedClient) -> None:
    set_rule(office, members_needed="1")
    lost = lane(world, version=2)
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE pass_weighing SET last_step_at = now() - interval '3 minutes'"))
    assert "Nothing has happened for some minutes." in office.words(PATH)
    with world.service.transaction() as session:
        passes.keep_weighing(session, now=utc_now())
    assert "Nothing has happened for some minutes." not in office.words(PATH)
    world.hear(lost)
    assert states(world) == {}
    work_on_weighing(world)
    awarded_once(world)


def test_a_rule_with_a_later_day_is_weighed_by_the_worker_on_that_day(world: World, office: CheckedClient) -> None:
    begins = programme_date(utc_now()) + timedelta(days=10)
    data = RULE | {"members_needed": "1", "effective_on": begins.isoformat()}
    assert office.post(PATH, data=data).status_code == 303
    assert "Weighing by version" not in office.words(PATH)
    for days in (9, 10, 10):
        with world.service.transaction() as session:
            passes.keep_weighing(session, now=utc_now() + timedelta(days=days))
            assert passes.weigh_what_has_run_out(session, now=utc_now() + timedelta(days=days)) == 0
    assert len(world.sent("certification.pass_weighing_step_due")) == 1
    assert "Weighing by version 2" in office.words(PATH)


def test_the_night_weighs_what_has_run_out_once_no_weighing_is_under_way(world: World, office: CheckedClient) -> None:
    set_rule(office, members_needed="1")
    work_on_weighing(world)
    with world.service.transaction() as session:
        assert passes.weigh_what_has_run_out(session, now=utc_now() + timedelta(days=365 * 4)) == ASSOCIATIONS
    assert states(world) == {"ended": ASSOCIATIONS}
