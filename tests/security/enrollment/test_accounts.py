"""What somebody with bad intent tries at the doors of accounts."""

from datetime import timedelta

import pytest

from shared.kernel.clock import utc_now
from tests.support import identities
from tests.support.accounts import PASSWORD, Accounts, is_signed_in
from tests.support.pages import text_of
from tests.support.service import ServiceUnderTest


def test_nobody_learns_who_has_an_account_by_signing_up(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="known@example.org")
    pages = []
    for email in ("known@example.org", "fresh@example.org"):
        client = enrollment.client()
        answer = client.post("/sign-up", data={"full_name": "Eve", "email": email})
        pages.append((answer.status_code, answer.location, client.words("/profile").replace(email, "…")))
    assert pages[0] == pages[1]
    assert accounts.newest_mail("known@example.org").template == "address_has_account"
    assert accounts.newest_mail("fresh@example.org").template == "confirm_email"


def test_nobody_learns_who_has_an_account_by_asking_for_a_link(
    enrollment: ServiceUnderTest, accounts: Accounts
) -> None:
    accounts.person(email="known@example.org")
    answers = []
    for email in ("known@example.org", "fresh@example.org"):
        answer = enrollment.client().post("/sign-in/link", data={"email": email})
        answers.append((answer.status_code, answer.location))
    assert answers[0] == answers[1]
    assert accounts.newest_mail("fresh@example.org").template == "no_account"


def test_nobody_learns_who_has_an_account_by_a_wrong_password(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="known@example.org")
    texts = [
        text_of(enrollment.client().post("/sign-in", data={"name": name, "password": "falsches Wort"}).text)
        for name in ("known@example.org", "fresh@example.org")
    ]
    assert texts[0] == texts[1]


def test_an_address_of_somebody_else_gives_no_share_in_their_account(
    enrollment: ServiceUnderTest, accounts: Accounts
) -> None:
    thief = enrollment.client()
    thief.post("/sign-up", data={"full_name": "Eve", "email": "leyla@example.org", "password": PASSWORD})
    owner = enrollment.client()
    owner.post(accounts.newest_mail("leyla@example.org").path)
    assert is_signed_in(owner)
    assert not is_signed_in(thief)
    answer = enrollment.client().post("/sign-in", data={"name": "leyla@example.org", "password": PASSWORD})
    assert answer.status_code == 422


def test_an_open_account_confirms_a_new_address_only_for_itself(
    enrollment: ServiceUnderTest, accounts: Accounts
) -> None:
    person = accounts.person(email="eve@example.org")
    enrollment.client_of(person).post("/profile/email", data={"email": "leyla@example.org"})
    path = accounts.newest_mail("leyla@example.org").path
    stranger = enrollment.client()
    answer = stranger.post(path)
    assert answer.status_code == 422
    assert "Sign in first" in text_of(answer.text)
    assert not is_signed_in(stranger)


@pytest.mark.parametrize(
    "cookie",
    ["", "nonsense", "eyJhbGciOiJub25lIn0.e30."],
)
def test_a_made_up_cookie_is_nobody(enrollment: ServiceUnderTest, cookie: str) -> None:
    client = enrollment.client()
    client.set_cookie("memo_identity", cookie)
    assert not is_signed_in(client)


def test_a_cookie_of_another_key_or_an_old_one_is_nobody(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person()
    forged = identities.token(person, key=identities.STRANGERS_KEY)
    expired = identities.token(person, issued_at=utc_now() - timedelta(hours=13))
    outdated = identities.token(person, session_version=0)
    for cookie in (forged, expired, outdated):
        client = enrollment.client()
        client.set_cookie("memo_identity", cookie)
        assert not is_signed_in(client)


def test_a_cookie_is_renewed_when_half_over(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person()
    for hours, is_renewed in ((5, False), (7, True)):
        client = enrollment.client()
        client.set_cookie("memo_identity", identities.token(person, issued_at=utc_now() - timedelta(hours=hours)))
        cookies = client.get("/profile").headers.getlist("Set-Cookie")
        assert any(cookie.startswith("memo_identity=") for cookie in cookies) is is_renewed


def test_pages_ask_for_a_fresh_cookie_when_half_over(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.person()
    for hours, is_asked in ((5, False), (7, True)):
        cookie = identities.token(person, issued_at=utc_now() - timedelta(hours=hours))
        page, renewal = enrollment.client(), enrollment.client()
        page.set_cookie("memo_identity", cookie)
        assert ("data-renew-identity" in page.get("/profile").text) is is_asked
        renewal.set_cookie("memo_identity", cookie)
        answer = renewal.get("/identity")
        cookies = answer.headers.getlist("Set-Cookie")
        assert answer.status_code == 204
        assert any(cookie.startswith("memo_identity=") for cookie in cookies) is is_asked


def test_guessing_is_slowed_down_and_other_ways_stay_open(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="leyla@example.org")
    client = enrollment.client()
    form = {"name": "leyla@example.org", "password": "falsches Wort"}
    pages = [text_of(client.post("/sign-in", data=form).text) for _ in range(11)]
    assert "tried too often" not in pages[9]
    assert "Please wait 15 minutes" in pages[10]
    client.post("/sign-in/link", data={"email": "leyla@example.org"})
    client.post(accounts.newest_mail("leyla@example.org").path)
    assert is_signed_in(client)


def test_guessing_at_slips_is_slowed_down_however_the_code_is_typed(enrollment: ServiceUnderTest) -> None:
    client = enrollment.client()
    for code in ["K7M-QRT", "k7mqrt", "K7M QRT", "k7m.qrt", "K7MQRT"] * 2:
        client.post("/sign-in/slip", data={"code": code, "words": "apfel berg haus tisch"})
    answer = client.post("/sign-in/slip", data={"code": "K7M-QRT", "words": "apfel berg haus tisch"})
    assert "tried too often" in text_of(answer.text)


def test_a_page_of_another_site_signs_nobody_in_or_out(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    client = enrollment.client_of(accounts.person())
    for path in ("/sign-in", "/sign-out", "/sign-out/everywhere", "/profile/slip", "/profile/close"):
        assert client.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert is_signed_in(client)


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(enrollment: ServiceUnderTest, accounts: Accounts, target: str) -> None:
    person = accounts.person()
    assert enrollment.client_of(person).get("/sign-in", query_string={"next": target}).location == "/"


def test_pages_with_a_secret_in_their_address_are_not_kept(enrollment: ServiceUnderTest) -> None:
    for path in ("/slip/secret", "/links/sign-in/secret", "/links/confirm/secret"):
        headers = enrollment.client().get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "after",
    ["x", "WzFd", "W10", "WyJhIiwiYiJd", "e30", "WyJcdTAwMDAiLCIwMTkwZTVhMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiXQ"],
)
def test_a_made_up_page_of_a_list_is_refused(enrollment: ServiceUnderTest, accounts: Accounts, after: str) -> None:
    office, board = accounts.staff(name="Office"), accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(office)
    for path in ("/office/people", "/office/associations"):
        assert client.get(f"{path}?after={after}").status_code == 400
    for path in (f"/associations/{association}/members", f"/api/enrollment/v1/associations/{association}/members"):
        assert enrollment.client_of(board).get(f"{path}?after={after}").status_code == 400


def test_a_search_for_what_is_no_text_finds_nothing(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    client = enrollment.client_of(accounts.staff(name="Office"))
    for path in ("/office/people", "/office/associations"):
        assert client.get(f"{path}?words=%00%0a&state=%00").status_code == 200
