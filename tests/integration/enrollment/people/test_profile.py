"""One's own account: name, language, address, data to take along, closing it."""

import json

from tests.support.accounts import PASSWORD, Accounts, is_signed_in
from tests.support.courses import Courses
from tests.support.pages import text_of
from tests.support.service import ServiceUnderTest


def test_a_new_name_and_language_reach_pages_and_services(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person()
    client = enrollment.client_of(person)
    client.post("/profile", data={"full_name": "Leyla  Kaya", "language": "tr"})
    assert "Leyla Kaya" in text_of(client.get("/profile").text)
    assert '<html lang="tr"' in client.get("/profile").text
    newest = accounts.events(person)[-1]
    assert (newest["full_name"], newest["language"]) == ("Leyla Kaya", "tr")


def test_an_address_changes_after_confirmation_and_the_old_one_is_told(
    enrollment: ServiceUnderTest, accounts: Accounts
) -> None:
    person = accounts.person(email="old@example.org")
    client = enrollment.client_of(person)
    client.post("/profile/email", data={"email": "new@example.org"})
    assert "old@example.org confirmed" in client.words("/profile/sign-in")
    client.post(accounts.newest_mail("new@example.org").path)
    assert "new@example.org confirmed" in client.words("/profile/sign-in")
    assert accounts.newest_mail("old@example.org").template == "email_changed"


def test_the_export_holds_everything_but_no_key(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person(email="leyla@example.org")
    accounts.association(person)
    client = enrollment.client_of(person)
    client.post("/profile/slip")
    answer = client.get("/profile/export")
    data = json.loads(answer.text)
    assert data["person"]["email"] == "leyla@example.org"
    assert data["membership"][0]["is_board"] is True
    assert data["sign_in_slip"][0]["issued_at"]
    assert "argon2" not in answer.text
    assert "fingerprint" not in answer.text
    assert any(entry["action"] == "person.signed_up" for entry in data["audit_entry"])


def test_a_closed_account_is_empty_and_lets_nobody_in(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person("Leyla Demir", email="leyla@example.org", password=PASSWORD)
    association = accounts.association(person)
    client = enrollment.client_of(person)
    assert "Brücken e. V." in client.words("/profile/close")
    client.post("/profile/close")
    assert not is_signed_in(client)
    assert accounts.newest_mail("leyla@example.org").template == "account_closed"
    newest = accounts.events(person)[-1]
    assert (newest["is_active"], newest["full_name"], newest["roles"]) == (False, "–", [])
    assert [event["is_active"] for event in accounts.events(association)] == [True]
    answer = enrollment.client().post("/sign-in", data={"name": "leyla@example.org", "password": PASSWORD})
    assert answer.status_code == 422


def test_a_closed_account_gives_its_seat_to_the_next(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    courses = Courses(enrollment)
    course = courses.run(capacity=1)
    first, second = accounts.person("Leyla Demir"), courses.person("Karim Haddad", email="karim@example.org")
    courses.place(course.run_id, first)
    courses.place(course.run_id, second)
    enrollment.client_of(first).post("/profile/close")
    assert accounts.newest_mail("karim@example.org").template == "place_offered"


def test_the_last_password_cannot_be_removed(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person(password=PASSWORD)
    client = enrollment.client_of(person)
    client.post("/profile/password/remove")
    assert "This is your only way to sign in" in client.words("/profile/sign-in")
