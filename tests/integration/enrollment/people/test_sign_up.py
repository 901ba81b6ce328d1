"""Signing up: three fields at most, in at once, with or without e-mail."""

import re

from tests.support.accounts import Accounts, is_signed_in
from tests.support.pages import first_in, text_of
from tests.support.service import ServiceUnderTest


def test_a_name_is_enough_and_the_slip_is_the_key(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    client = enrollment.client()
    client.post("/sign-up", data={"full_name": "Leyla Demir"})
    assert "Show my sign-in slip" in client.words("/welcome")
    slip = text_of(client.post("/profile/slip").text)
    code = first_in(r"Your personal code:\s*(\w{3}-\w{3})", slip)
    assert "Leyla Demir" in slip

    words = first_in(r"slip__words[^>]*>(.*?)</p>", client.post("/profile/slip").text)
    typed = " ".join(re.findall(r"<span>(\w+)</span>", words))
    elsewhere = enrollment.client()
    elsewhere.post("/sign-in/slip", data={"code": code.lower(), "words": typed.upper()})
    assert is_signed_in(elsewhere)


def test_the_first_slip_is_void_once_there_is_a_second(enrollment: ServiceUnderTest) -> None:
    client = enrollment.client()
    client.post("/sign-up", data={"full_name": "Leyla Demir"})
    first, second = client.post("/profile/slip").text, client.post("/profile/slip").text
    assert first != second
    page = client.words("/profile/sign-in")
    assert "Your slip was made on" in page


def test_password_and_personal_code_let_in_without_any_address(enrollment: ServiceUnderTest) -> None:
    client = enrollment.client()
    client.post("/sign-up", data={"full_name": "Leyla Demir", "password": "drei gute Worte"})
    code = first_in(r"Personal code\s*(\w{3}-\w{3})", client.words("/welcome"))
    elsewhere = enrollment.client()
    elsewhere.post("/sign-in", data={"name": code, "password": "drei gute Worte"})
    assert is_signed_in(elsewhere)


def test_an_address_counts_once_its_link_was_opened(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    client = enrollment.client()
    client.post("/sign-up", data={"full_name": "Leyla Demir", "email": "leyla@example.org"})
    assert "waits for you to open the link" in client.words("/profile/sign-in")
    letter = accounts.newest_mail("leyla@example.org")
    assert letter.template == "confirm_email"
    assert f"http://memo.test{letter.path}" in letter.text
    assert "One more click" in client.words(letter.path)
    client.post(letter.path)
    assert "leyla@example.org confirmed" in client.words("/profile/sign-in")
    assert accounts.newest_mail("leyla@example.org").template == "welcome"


def test_what_is_missing_is_said_at_its_field(enrollment: ServiceUnderTest) -> None:
    client = enrollment.client()
    answer = client.post("/sign-up", data={"full_name": " ", "email": "no address", "password": "kurz"})
    assert answer.status_code == 422
    words = text_of(answer.text)
    assert "Please fill this in." in words
    assert "does not look like a mail address" in words
    answer = client.post("/sign-up", data={"full_name": "Leyla", "password": "kurz"})
    assert "at least 10 characters" in text_of(answer.text)


def test_joining_by_code_makes_a_member_at_once(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    poster = enrollment.client_of(board).words(f"/associations/{association}/invite")
    code = first_in(r"Code of the association\s*(\w{4}-\w{4})", poster)
    client = enrollment.client()
    assert "Join Brücken e. V." in client.words(f"/join?code={code.lower()}")
    client.post(f"/join/{code}", data={"full_name": "Leyla Demir"})
    assert "Brücken e. V." in client.words("/")
    assert "Leyla Demir" in enrollment.client_of(board).words(f"/associations/{association}/members")


def test_a_replaced_code_says_so_and_asks_for_the_present_one(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(board)
    pattern = r"Code of the association\s*(\w{4}-\w{4})"
    old = first_in(pattern, client.words(f"/associations/{association}/invite"))
    client.post(f"/associations/{association}/invite/rotate")
    answer = enrollment.client().get(f"/join/{old}")
    assert answer.status_code == 404
    assert "Ask your association for its present code" in text_of(answer.text)
