"""The MEMO-Pass follows the facts: awarded, suspended, back again, ended, renewed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from services.certification.operations import passes
from shared.contracts.enrollment import MembershipChanged
from shared.kernel.clock import programme_date, utc_now
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.passes import awarded, board_of, changed_association, held, the_pass, weigh_in


def test_the_second_member_with_both_certificates_brings_the_pass(world: World) -> None:
    awarded(world)
    got = the_pass(world)
    assert got.state == "awarded"
    assert 365 * 3 - 2 <= (got.valid_until - got.valid_from).days <= 365 * 3 + 1
    (told,) = world.sent("certification.pass_changed")
    assert (told["state"], told["number"]) == ("awarded", got.number)
    words = world.service.client().words(f"/v/{got.number}")
    assert "Brücke e. V." in words
    assert "holds the MEMO-Pass" in words
    assert "Ayşe" not in words


def test_it_makes_no_difference_whether_membership_or_certificate_comes_last(world: World) -> None:
    association_id = world.association()
    for name in ("Ayşe Gül", "Maria Nowak"):
        person_id = world.person(name)
        world.certify(person_id)
        world.certify(person_id, level_code="aufbaukurs")
        world.join(association_id, person_id)
    assert held(world) is not None


def test_a_member_who_leaves_starts_the_grace_and_after_it_the_pass_is_suspended(world: World) -> None:
    association_id, (membership, _), _ = awarded(world)
    world.hear(MembershipChanged(**{**vars(membership), "is_current": False}))
    got = the_pass(world)
    assert (got.state, got.grace_until) == ("grace", programme_date(utc_now()) + timedelta(days=30))
    told = world.sent("certification.pass_changed")[-1]
    assert (told["state"], told["grace_until"]) == ("awarded", got.grace_until.isoformat())
    words = board_of(world, association_id).words("/certification/passes")
    assert "The pass still holds until" in words
    assert "1 member with Grundkurs, Aufbaukurs is still missing." in words
    weigh_in(world, 30)
    assert the_pass(world).state == "grace"
    weigh_in(world, 31)
    assert the_pass(world).state == "suspended"
    world.hear(membership)
    assert the_pass(world).state == "awarded"
    assert [told["state"] for told in world.sent("certification.pass_changed")] == [
        "awarded",
        "awarded",
        "suspended",
        "awarded",
    ]
    words = board_of(world, association_id).words("/certification/passes")
    for happened in ("Awarded", "Conditions no longer met", "Suspended", "Conditions met again"):
        assert happened in words


def test_who_comes_back_within_the_grace_changes_nothing(world: World) -> None:
    _, (membership, _), _ = awarded(world)
    world.hear(MembershipChanged(**{**vars(membership), "is_current": False}), membership)
    got = the_pass(world)
    assert (got.state, got.grace_until) == ("awarded", None)


def test_a_revoked_certificate_starts_the_grace(world: World) -> None:
    _, (_, certificate), _ = awarded(world)
    data = {"reason": "conditions_not_met", "note": "Nachweis fehlt"}
    world.office().post(f"/certification/office/certificates/{certificate.number}/revoke", data=data)
    assert the_pass(world).state == "grace"


def test_a_closed_account_counts_no_more(world: World) -> None:
    _, (membership, _), _ = awarded(world)
    person = world.person_event(membership.person_id, "Ayşe Gül")
    world.hear(replace(person, is_active=False))
    assert the_pass(world).state == "grace"


def test_an_association_that_closes_holds_no_valid_pass(world: World) -> None:
    association_id, *_ = awarded(world)
    world.hear(changed_association(association_id, is_active=False))
    assert the_pass(world).state == "suspended"


def test_a_pass_ends_with_its_time_and_is_renewed_by_the_board(world: World) -> None:
    association_id, *_ = awarded(world)
    board = board_of(world, association_id)
    path = f"/certification/passes/{association_id}"
    early = board.post(f"{path}/renew")
    assert early.status_code == 422
    assert "too early" in text_of(early.text)
    weigh_in(world, 365 * 4)
    assert the_pass(world).state == "ended"
    assert board.post(f"{path}/renew").status_code == 303
    assert the_pass(world).state == "awarded"
    assert "Renewed" in board.words(path)


def test_the_board_is_reminded_once_for_each_day_of_the_rule(world: World) -> None:
    awarded(world)
    end = the_pass(world).valid_until
    for days_left in (91, 90, 90, 89, 30, 7, 7, 1):
        with world.service.transaction() as session:
            now = datetime.combine(end - timedelta(days=days_left), time(12), UTC)
            passes.remind_boards(session, now=now)
    told = world.sent("certification.pass_end_approached")
    assert sorted(event["days_left"] for event in told) == [7, 30, 90]


def test_weighing_every_night_changes_nothing_where_nothing_has_changed(world: World) -> None:
    awarded(world)
    before = len(world.sent("certification.pass_changed"))
    for _ in range(3):
        weigh_in(world, 1)
    assert len(world.sent("certification.pass_changed")) == before


def test_the_board_sees_who_needs_what(world: World) -> None:
    association_id = world.association()
    person_id = world.person("Ayşe Gül")
    world.join(association_id, person_id)
    world.level("aufbaukurs", title="Aufbaukurs", position=2)
    world.certify(person_id)
    words = board_of(world, association_id).words("/certification/passes")
    assert "Ayşe Gül" in words
    assert "1 member with Aufbaukurs is still missing." in words
    assert "1 member with Grundkurs, Aufbaukurs is still missing." in words


def test_a_foreign_board_finds_nothing(world: World) -> None:
    association_id, *_ = awarded(world)
    foreign = board_of(world, world.association("Andere e. V."))
    for path in ("", "/entry", "/credential.json"):
        assert foreign.get(f"/certification/passes/{association_id}{path}").status_code == 404


@pytest.mark.parametrize("state", ["grace", "suspended", "ended"])
def test_the_register_is_filtered_by_state(world: World, state: str) -> None:
    awarded(world)
    assert "Nothing found" in world.office().words(f"/certification/office/passes?state={state}")


def test_two_changes_at_once_make_one_pass(world: World) -> None:
    association_id = world.association()
    people = []
    for name in ("Ayşe Gül", "Maria Nowak", "Ivan Petrov"):
        person_id = world.person(name)
        world.certify(person_id, level_code="grundkurs")
        world.certify(person_id, level_code="aufbaukurs")
        people.append(person_id)
    world.join(association_id, people[0])
    with ThreadPoolExecutor(2) as two:
        for joined in [two.submit(world.join, association_id, person_id) for person_id in people[1:]]:
            joined.result()
    assert held(world) is not None
    assert len(world.sent("certification.pass_changed")) == 1
