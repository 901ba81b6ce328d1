"""The rule of the pass: tried by the office, changed, and weighed for every association."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.operations import passes
from shared.kernel.clock import programme_date, utc_now
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.passes import RULE, awarded, held_of, qualify, the_pass, weigh_in, work_on_weighing


def test_every_association_is_weighed_by_a_new_rule_of_the_office(world: World) -> None:
    awarded(world)
    office = world.office()
    path = "/certification/office/pass-rule"
    assert office.post(path, data={**RULE, "members_needed": "0"}).status_code == 422
    assert office.post(path, data={**RULE, "reminder_days": "soon"}).status_code == 422
    assert office.post(path, data={**RULE, "members_needed": "3"}).status_code == 303
    work_on_weighing(world)
    assert the_pass(world).state == "suspended"
    assert office.post(path, data={**RULE, "members_needed": "1"}).status_code == 303
    work_on_weighing(world)
    assert the_pass(world).state == "awarded"
    assert "Brücke e. V." in office.words("/certification/office/passes?search=brücke")
    words = office.words(path)
    assert "Members: 3 → 1" in words
    assert "Days of grace: 30 → 0" in words
    assert "Petra Büro" in words


def test_a_rule_is_tried_before_it_counts_and_changes_nothing_by_that(world: World) -> None:
    awarded(world)
    half = world.association("Halbe Sache e. V.")
    qualify(world, half, "Olha Bondar")
    before = len(world.sent("certification.pass_changed"))
    office = world.office()
    path = "/certification/office/pass-rule"
    stricter = office.post(path, data={**RULE, "members_needed": "3", "action": "try", "search": "halbe"})
    words = text_of(stricter.text)
    assert "would be suspended" in words
    assert "Brücke e. V." in words
    assert re.search(r"Halbe Sache e. V. .{0,40}1 of 3", words)
    looser = text_of(office.post(path, data={**RULE, "members_needed": "1", "action": "try"}).text)
    assert "Halbe Sache e. V." in looser
    assert "Brücke e. V." not in looser
    assert held_of(world, half) is None
    assert len(world.sent("certification.pass_changed")) == before
    with world.service.transaction() as session:
        assert session.scalar(sa.text("SELECT max(version) FROM pass_rule_version")) == 1


def test_a_rule_with_a_later_day_counts_from_that_day_on(world: World) -> None:
    awarded(world)
    begins = programme_date(utc_now()) + timedelta(days=10)
    data = {**RULE, "members_needed": "3", "effective_on": begins.isoformat()}
    office = world.office()
    assert office.post("/certification/office/pass-rule", data=data).status_code == 303
    assert "planned" in office.words("/certification/office/pass-rule")
    weigh_in(world, 9)
    assert the_pass(world).state == "awarded"
    weigh_in(world, 10)
    assert the_pass(world).state == "suspended"


def test_certificates_that_are_too_old_for_the_rule_no_longer_count(world: World) -> None:
    awarded(world)
    data = {**RULE, "certificate_months": "12"}
    assert world.office().post("/certification/office/pass-rule", data=data).status_code == 303
    work_on_weighing(world)
    assert the_pass(world).state == "awarded"
    weigh_in(world, 400)
    assert the_pass(world).state == "suspended"


def test_a_rule_change_asks_the_same_number_of_questions_for_many_associations(world: World) -> None:
    many(world, 300)
    with world.service.transaction() as session, counted(session) as questions:
        assert passes.weigh_all_passes(session, now=utc_now()) == 0
    assert len(questions) < 10


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that a session sends."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    engine = session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def many(world: World, associations: int) -> None:
    """So many associations with ten members each, none of them certified."""
    with world.service.transaction() as session:
        session.execute(
            sa.text(
                "INSERT INTO association_copy (association_id, name, town, region_code, is_active)"
                " SELECT gen_random_uuid(), 'Verein ' || n, 'Ulm', 'neckar-alb', true"
                " FROM generate_series(1, :associations) n"
            ),
            {"associations": associations},
        )
        session.execute(
            sa.text(
                "INSERT INTO membership_copy (membership_id, association_id, person_id, is_current)"
                " SELECT gen_random_uuid(), association_id, gen_random_uuid(), true"
                " FROM association_copy, generate_series(1, 10)"
            )
        )
