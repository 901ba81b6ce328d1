"""The MEMO-Pass follows the facts: awarded, suspended, back again, ended, renewed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.certification.models import AssociationPass
from services.certification.operations import passes
from shared.contracts.enrollment import AssociationChanged, GrantedRole, MembershipChanged
from shared.kernel.clock import utc_now
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


def test_a_member_who_leaves_suspends_the_pass_and_brings_it_back(world: World) -> None:
    _, (membership, _), _ = awarded(world)
    left = MembershipChanged(**{**vars(membership), "is_current": False})
    world.hear(left)
    assert held(world).state == "suspended"  # type: ignore[union-attr]
    assert "suspended at the moment" in world.service.client().words(f"/v/{held(world).number}")  # type: ignore[union-attr]
    world.hear(membership)
    assert held(world).state == "awarded"  # type: ignore[union-attr]
    assert len(world.sent("certification.pass_changed")) == 3


def test_a_revoked_certificate_suspends_the_pass(world: World) -> None:
    _, (_, certificate), _ = awarded(world)
    data = {"reason": "conditions_not_met", "note": "Nachweis fehlt"}
    world.office().post(f"/certification/office/certificates/{certificate.number}/revoke", data=data)
    assert held(world).state == "suspended"  # type: ignore[union-attr]


def test_an_association_that_closes_holds_no_valid_pass(world: World) -> None:
    association_id, *_ = awarded(world)
    world.hear(
        AssociationChanged(
            association_id=association_id, name="Brücke e. V.", town="Tübingen", region_code="x", is_active=False
        )
    )
    assert held(world).state == "suspended"  # type: ignore[union-attr]


def test_a_pass_ends_with_its_time_and_is_renewed_by_the_board(world: World) -> None:
    association_id, *_ = awarded(world)
    board = world.service.client_of(
        world.person(
            "Vorstand Eins", roles=(GrantedRole(role="board", scope_kind="association", scope_id=association_id),)
        )
    )
    path = f"/certification/passes/{association_id}"
    early = board.post(f"{path}/renew")
    assert early.status_code == 422
    assert "too early" in text_of(early.text)
    with world.service.transaction() as session:
        passes.weigh_all_passes(session, now=utc_now() + timedelta(days=365 * 4))
    assert held(world).state == "ended"  # type: ignore[union-attr]
    assert board.post(f"{path}/renew").status_code == 303
    assert held(world).state == "awarded"  # type: ignore[union-attr]


def test_the_board_sees_who_needs_what(world: World) -> None:
    association_id = world.association()
    person_id = world.person("Ayşe Gül")
    world.join(association_id, person_id)
    world.level("aufbaukurs", title="Aufbaukurs", position=2)
    world.certify(person_id)
    roles = (GrantedRole(role="board", scope_kind="association", scope_id=association_id),)
    board = world.service.client_of(world.person("Vorstand Eins", roles=roles), methods=("pwd",))
    words = board.words("/certification/passes")
    assert "Ayşe Gül" in words
    assert "2 more members are needed" in words
    assert "Aufbaukurs" in words


def test_a_new_rule_of_the_office_is_weighed_at_once(world: World) -> None:
    awarded(world)
    office = world.office()
    data = {"members_needed": "3", "level_codes": ["grundkurs"], "validity_months": "24"}
    assert office.post("/certification/office/pass-rule", data={**data, "members_needed": "0"}).status_code == 422
    assert office.post("/certification/office/pass-rule", data=data).status_code == 303
    assert held(world).state == "suspended"  # type: ignore[union-attr]
    assert office.post("/certification/office/pass-rule", data={**data, "members_needed": "1"}).status_code == 303
    assert held(world).state == "awarded"  # type: ignore[union-attr]
    assert "Brücke e. V." in office.words("/certification/office/passes?search=brücke")


@pytest.mark.parametrize("state", ["suspended", "ended"])
def test_the_register_is_filtered_by_state(world: World, state: str) -> None:
    awarded(world)
    assert "Nothing found" in world.office().words(f"/certification/office/passes?state={state}")
