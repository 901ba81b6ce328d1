"""The office: people, roles, associations."""

import pytest

from services.enrollment.cli import appoint_office
from shared.kernel.actor import Role
from shared.kernel.errors import NotFound
from tests.support.accounts import Accounts
from tests.support.pages import first_in
from tests.support.service import ServiceUnderTest


def test_a_role_is_given_told_and_ended(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    office, person = accounts.staff(name="Office Person"), accounts.person("Leyla Demir", email="leyla@example.org")
    client = enrollment.client_of(office)
    assert "Leyla Demir" in client.words("/office/people?words=demir")
    assert "Nobody found" in client.words("/office/people?words=100%25")
    client.post(f"/office/people/{person}/roles", data={"role": "authority"})
    assert accounts.newest_mail("leyla@example.org").template == "role_granted"
    assert accounts.events(person)[-1]["roles"] == [{"role": "authority", "scope_kind": "programme", "scope_id": None}]
    assert client.post(f"/office/people/{person}/roles", data={"role": "authority"}).status_code == 422
    page = client.get(f"/office/people/{person}").text
    client.post(first_in(r'action="(/office/people/[^"]+/end)"', page))
    assert accounts.events(person)[-1]["roles"] == []


def test_the_first_office_is_appointed_from_the_command_line(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person(email="first@example.org")
    appoint_office(enrollment.resources, email="First@example.org")
    assert enrollment.client_of(person).get("/office/people").status_code == 200
    with pytest.raises(NotFound):
        appoint_office(enrollment.resources, email="nobody@example.org")


def test_a_carriers_staff_need_a_carrier(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    office, person = accounts.staff(name="Office Person"), accounts.person()
    answer = enrollment.client_of(office).post(f"/office/people/{person}/roles", data={"role": "carrier_staff"})
    assert answer.status_code == 422


def test_associations_are_confirmed_and_closed(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    office, board = accounts.staff(name="Office Person"), accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(office)
    assert "Brücken e. V." in client.words("/office/associations?state=registered")
    client.post(f"/office/associations/{association}/confirm")
    assert "No association found" in client.words("/office/associations?state=registered")
    client.post(f"/office/associations/{association}/close")
    assert [event["is_active"] for event in accounts.events(association)][-1] is False
    assert accounts.events(board)[-1]["roles"] == []
    client.post(f"/office/associations/{association}/confirm")
    assert len(accounts.events(board)[-1]["roles"]) == 2


def test_the_ministry_reads_but_changes_nothing(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    ministry, board = accounts.staff(Role.AUTHORITY, name="Ministry"), accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(ministry)
    assert "Brücken e. V." in client.words("/office/associations")
    assert client.post(f"/office/associations/{association}/close").status_code == 403
    assert client.get("/office/people").status_code == 403
