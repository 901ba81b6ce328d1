"""Signing in and out, in each way, and what happens when a way fails."""

from services.enrollment.models.people import Person
from tests.support.accounts import PASSWORD, Accounts, is_signed_in
from tests.support.pages import text_of
from tests.support.service import ServiceUnderTest


def test_password_lets_in_and_leads_on(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="leyla@example.org")
    person = accounts.person("Amina Yusuf", password=PASSWORD)
    with enrollment.transaction() as session:
        code = session.get_one(Person, person).personal_code
    client = enrollment.client()
    answer = client.post("/sign-in", data={"name": code, "password": PASSWORD, "next": "/associations"})
    assert (answer.status_code, answer.location) == (303, "/associations")
    assert is_signed_in(client)


def test_a_link_lets_in_once_and_then_offers_a_new_one(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="leyla@example.org")
    client = enrollment.client()
    client.post("/sign-in/link", data={"email": "Leyla@Example.org", "next": "/associations"})
    letter = accounts.newest_mail("leyla@example.org")
    assert letter.template == "sign_in_link"
    assert client.get(letter.path).status_code == 200
    assert not is_signed_in(client)
    answer = client.post(letter.path)
    assert answer.location == "/associations"
    assert is_signed_in(client)

    again = enrollment.client()
    answer = again.post(letter.path)
    assert answer.status_code == 422
    assert "Send me a new link" in text_of(answer.text)
    assert not is_signed_in(again)


def test_a_link_lets_a_forgotten_password_be_replaced(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="leyla@example.org")
    client = enrollment.client()
    client.post("/sign-in/link", data={"email": "leyla@example.org"})
    client.post(accounts.newest_mail("leyla@example.org").path)
    client.post("/profile/password", data={"password": "ein ganz neues Wort"})
    assert accounts.newest_mail("leyla@example.org").template == "credentials_changed"
    elsewhere = enrollment.client()
    elsewhere.post("/sign-in", data={"name": "leyla@example.org", "password": "ein ganz neues Wort"})
    assert is_signed_in(elsewhere)
    answer = elsewhere.post("/profile/password", data={"current_password": "falsch", "password": "noch ein Wort mehr"})
    assert "Your present password is not right" in text_of(answer.text)


def test_signing_out_everywhere_ends_every_browser(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="leyla@example.org")
    browsers = [enrollment.client() for _ in range(2)]
    for browser in browsers:
        browser.post("/sign-in/link", data={"email": "leyla@example.org"})
        browser.post(accounts.newest_mail("leyla@example.org").path)
    assert all(is_signed_in(browser) for browser in browsers)
    browsers[0].post("/sign-out/everywhere")
    assert not any(is_signed_in(browser) for browser in browsers)


def test_signing_out_ends_this_browser_only(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person()
    here, there = enrollment.client_of(person), enrollment.client_of(person)
    here.post("/sign-out")
    assert (is_signed_in(here), is_signed_in(there)) == (False, True)


def test_an_address_that_waits_gets_its_confirmation_again(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    enrollment.client().post("/sign-up", data={"full_name": "Leyla Demir", "email": "leyla@example.org"})
    client = enrollment.client()
    client.post("/sign-in/link", data={"email": "leyla@example.org"})
    first, second = accounts.mails("leyla@example.org")
    assert first.template == second.template == "confirm_email"
    assert client.post(first.path).status_code == 422
    client.post(second.path)
    assert is_signed_in(client)


def test_a_void_slip_says_who_can_help(enrollment: ServiceUnderTest) -> None:
    answer = enrollment.client().post("/slip/unknown")
    assert answer.status_code == 422
    assert "ask the board of your association" in text_of(answer.text)


def test_passkeys_point_to_the_address_where_they_work(enrollment: ServiceUnderTest) -> None:
    client = enrollment.client()
    assert "http://localhost:8080" in text_of(client.get("/sign-in", headers={"Host": "127.0.0.1:8080"}).text)
    assert "Sign in with a passkey" in text_of(client.get("/sign-in", headers={"Host": "localhost:8080"}).text)
