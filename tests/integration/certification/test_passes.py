"""The MEMO-Pass follows the facts: awarded, suspended, back again, ended, renewed."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.status import is_set
from services.certification.models import AssociationPass, PassCredential
from services.certification.operations import passes
from shared.contracts.certification import DocumentWanted, PassCredentialDue
from shared.contracts.enrollment import AssociationChanged, GrantedRole, MembershipChanged
from shared.kernel.clock import programme_date, utc_now
from tests.support.certification import World
from tests.support.pages import text_of


def held(world: World) -> AssociationPass | None:
    with world.service.transaction() as session:
        return session.scalars(sa.select(AssociationPass)).one_or_none()


def qualify(world: World, association_id, name: str) -> tuple:  # type: ignore[no-untyped-def,type-arg]
    person_id = world.person(name)
    membership = world.join(association_id, person_id)
    world.certify(person_id, level_code="grundkurs")
    return membership, world.certify(person_id, level_code="aufbaukurs")


def awarded(world: World):  # type: ignore[no-untyped-def]
    association_id = world.association()
    first = qualify(world, association_id, "Ayşe Gül")
    assert held(world) is None
    second = qualify(world, association_id, "Maria Nowak")
    return association_id, first, second


def test_the_second_member_with_both_certificates_brings_the_pass(world: World) -> None:
    awarded(world)
    got = held(world)
    assert got is not None
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


def board_of(world: World, association_id):  # type: ignore[no-untyped-def]
    roles = (GrantedRole(role="board", scope_kind="association", scope_id=association_id),)
    return world.service.client_of(world.person("Vorstand Eins", roles=roles), methods=("pwd",))


def weigh_in(world: World, days: int) -> None:
    with world.service.transaction() as session:
        passes.weigh_all_passes(session, now=utc_now() + timedelta(days=days))


def credentials(world: World) -> list[PassCredential]:
    with world.service.transaction() as session:
        return list(session.scalars(sa.select(PassCredential).order_by(PassCredential.sequence)))


def keep_credential(world: World) -> None:
    """What the worker does when it hears PassCredentialDue."""
    got = held(world)
    assert got is not None
    world.hear(PassCredentialDue(pass_id=got.id, association_id=got.association_id))


def is_out_of_force(world: World, credential: PassCredential) -> bool:
    """What the published list says."""
    status = json.loads(credential.credential)["credentialStatus"]
    assert status["statusPurpose"] == "suspension"
    document = json.loads(world.service.client().get(urlsplit(status["statusListCredential"]).path).text)
    return is_set(document["credentialSubject"]["encodedList"], int(status["statusListIndex"]))


def test_a_member_who_leaves_starts_the_grace_and_after_it_the_pass_is_suspended(world: World) -> None:
    association_id, (membership, _), _ = awarded(world)
    world.hear(MembershipChanged(**{**vars(membership), "is_current": False}))
    got = held(world)
    assert got is not None
    assert (got.state, got.grace_until) == ("grace", programme_date(utc_now()) + timedelta(days=30))
    told = world.sent("certification.pass_changed")[-1]
    assert (told["state"], told["grace_until"]) == ("awarded", got.grace_until.isoformat())
    words = board_of(world, association_id).words("/certification/passes")
    assert "The pass still holds until" in words
    assert "1 member with Grundkurs, Aufbaukurs is still missing." in words
    weigh_in(world, 30)
    assert held(world).state == "grace"  # type: ignore[union-attr]
    weigh_in(world, 31)
    assert held(world).state == "suspended"  # type: ignore[union-attr]
    world.hear(membership)
    assert held(world).state == "awarded"  # type: ignore[union-attr]
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
    got = held(world)
    assert got is not None
    assert (got.state, got.grace_until) == ("awarded", None)


def test_a_revoked_certificate_starts_the_grace(world: World) -> None:
    _, (_, certificate), _ = awarded(world)
    data = {"reason": "conditions_not_met", "note": "Nachweis fehlt"}
    world.office().post(f"/certification/office/certificates/{certificate.number}/revoke", data=data)
    assert held(world).state == "grace"  # type: ignore[union-attr]


def test_a_closed_account_counts_no_more(world: World) -> None:
    _, (membership, _), _ = awarded(world)
    person = world.person_event(membership.person_id, "Ayşe Gül")
    world.hear(replace(person, is_active=False))
    assert held(world).state == "grace"  # type: ignore[union-attr]


def test_an_association_that_closes_holds_no_valid_pass(world: World) -> None:
    association_id, *_ = awarded(world)
    world.hear(changed_association(association_id, is_active=False))
    assert held(world).state == "suspended"  # type: ignore[union-attr]


def changed_association(association_id, *, name: str = "Brücke e. V.", is_active: bool = True):  # type: ignore[no-untyped-def]
    return AssociationChanged(
        association_id=association_id, name=name, town="Tübingen", region_code="neckar-alb", is_active=is_active
    )


def test_a_pass_ends_with_its_time_and_is_renewed_by_the_board(world: World) -> None:
    association_id, *_ = awarded(world)
    board = board_of(world, association_id)
    path = f"/certification/passes/{association_id}"
    early = board.post(f"{path}/renew")
    assert early.status_code == 422
    assert "too early" in text_of(early.text)
    weigh_in(world, 365 * 4)
    assert held(world).state == "ended"  # type: ignore[union-attr]
    assert board.post(f"{path}/renew").status_code == 303
    assert held(world).state == "awarded"  # type: ignore[union-attr]
    assert "Renewed" in board.words(path)


def test_the_board_is_reminded_once_for_each_day_of_the_rule(world: World) -> None:
    awarded(world)
    end = held(world).valid_until  # type: ignore[union-attr]
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


RULE = {
    "members_needed": "2",
    "level_codes": ["grundkurs", "aufbaukurs"],
    "validity_months": "36",
    "grace_days": "0",
    "renewal_window_days": "90",
    "reminder_days": "90, 30",
}


def test_a_new_rule_of_the_office_is_weighed_at_once(world: World) -> None:
    awarded(world)
    office = world.office()
    path = "/certification/office/pass-rule"
    assert office.post(path, data={**RULE, "members_needed": "0"}).status_code == 422
    assert office.post(path, data={**RULE, "reminder_days": "soon"}).status_code == 422
    assert office.post(path, data={**RULE, "members_needed": "3"}).status_code == 303
    assert held(world).state == "suspended"  # type: ignore[union-attr]
    assert office.post(path, data={**RULE, "members_needed": "1"}).status_code == 303
    assert held(world).state == "awarded"  # type: ignore[union-attr]
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


def held_of(world: World, association_id) -> AssociationPass | None:  # type: ignore[no-untyped-def]
    with world.service.transaction() as session:
        statement = sa.select(AssociationPass).where(AssociationPass.association_id == association_id)
        return session.scalars(statement).one_or_none()


def test_a_rule_with_a_later_day_counts_from_that_day_on(world: World) -> None:
    awarded(world)
    begins = programme_date(utc_now()) + timedelta(days=10)
    data = {**RULE, "members_needed": "3", "effective_on": begins.isoformat()}
    office = world.office()
    assert office.post("/certification/office/pass-rule", data=data).status_code == 303
    assert "planned" in office.words("/certification/office/pass-rule")
    weigh_in(world, 9)
    assert held(world).state == "awarded"  # type: ignore[union-attr]
    weigh_in(world, 10)
    assert held(world).state == "suspended"  # type: ignore[union-attr]


def test_certificates_that_are_too_old_for_the_rule_no_longer_count(world: World) -> None:
    awarded(world)
    data = {**RULE, "certificate_months": "12"}
    assert world.office().post("/certification/office/pass-rule", data=data).status_code == 303
    assert held(world).state == "awarded"  # type: ignore[union-attr]
    weigh_in(world, 400)
    assert held(world).state == "suspended"  # type: ignore[union-attr]


def test_a_rule_change_asks_the_same_number_of_questions_for_many_associations(world: World) -> None:
    many(world, 300)
    with world.service.transaction() as session, counted(session) as questions:
        assert passes.weigh_all_passes(session, now=utc_now()) == 0
    assert len(questions) < 10


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that a session sends."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_more):  # type: ignore[no-untyped-def]
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


def test_a_pass_has_a_credential_that_names_the_association_and_nobody_else(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    keep_credential(world)
    (credential,) = credentials(world)
    document = json.loads(credential.credential)
    assert document["id"] == f"http://127.0.0.1:8080/v/{held(world).number}#1"  # type: ignore[union-attr]
    assert document["credentialSubject"]["achievement"]["achievementType"] == "QualityAssuranceCredential"
    assert document["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": "Brücke e. V."}
    ]
    assert "validUntil" in document
    assert "Ayşe" not in credential.credential
    assert not is_out_of_force(world, credential)
    answer = board_of(world, association_id).get(f"/certification/passes/{association_id}/credential.json")
    assert answer.json == document


def test_the_board_gets_the_pass_as_a_document_once_the_worker_has_made_it(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    board = board_of(world, association_id)
    path = f"/certification/passes/{association_id}"
    waiting = board.get(f"{path}/document.pdf")
    assert waiting.status_code == 303
    assert "The document is being made" in board.words(waiting.location)
    (wanted,) = world.sent("certification.document_wanted")
    world.hear(DocumentWanted(document_id=UUID(wanted["document_id"])))
    pdf = board.get(f"{path}/document.pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert "The document is there" in board.words(f"{path}/document")


def test_suspension_sets_the_bit_and_the_return_clears_it(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    world.hear(changed_association(association_id, is_active=False))
    keep_credential(world)
    (credential,) = credentials(world)
    assert is_out_of_force(world, credential)
    world.hear(changed_association(association_id))
    keep_credential(world)
    (credential,) = credentials(world)
    assert not is_out_of_force(world, credential)


def test_a_new_name_and_a_renewal_make_a_new_credential_and_the_old_one_counts_no_more(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    world.hear(changed_association(association_id, name="Neue Brücke e. V."))
    assert len(world.sent("certification.pass_credential_due")) == 2
    keep_credential(world)
    first, second = credentials(world)
    assert (second.sequence, second.association_name) == (2, "Neue Brücke e. V.")
    assert first.superseded_at is not None
    assert is_out_of_force(world, first)
    assert not is_out_of_force(world, second)
    weigh_in(world, 365 * 4)
    keep_credential(world)
    assert len(credentials(world)) == 2
    board_of(world, association_id).post(f"/certification/passes/{association_id}/renew")
    keep_credential(world)
    assert credentials(world)[-1].valid_until == held(world).valid_until  # type: ignore[union-attr]


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
