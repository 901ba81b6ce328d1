"""The board's work: members without e-mail, slips, handing over, and what other boards cannot do."""

import re
from uuid import UUID, uuid4

from tests.support.accounts import Accounts, is_signed_in
from tests.support.pages import first_in, text_of
from tests.support.service import CheckedClient, ServiceUnderTest


def _add(client: CheckedClient, association: UUID, name: str) -> str:
    ticket = str(uuid4())
    form = {"full_name": name, "language": "ar", "ticket": ticket}
    answer = client.post(f"/associations/{association}/members/new", data=form)
    assert answer.status_code == 200
    assert name in text_of(answer.text)
    return ticket


def _scan(html: str) -> tuple[str, str]:
    code = first_in(r"Your personal code:\s*(\w{3}-\w{3})", text_of(html))
    words = first_in(r"slip__words[^>]*>(.*?)</p>", html)
    return code, " ".join(re.findall(r"<span>(\w+)</span>", words))


def test_somebody_without_email_signs_in_with_the_slip(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(board)
    ticket = str(uuid4())
    form = {"full_name": "Karim Haddad", "language": "en", "ticket": ticket}
    slip = client.post(f"/associations/{association}/members/new", data=form).text
    code, words = _scan(slip)
    member = enrollment.client()
    member.post("/sign-in/slip", data={"code": code, "words": words})
    assert is_signed_in(member)

    client.post(f"/associations/{association}/members/{ticket}/slip")
    assert not is_signed_in(member)
    answer = enrollment.client().post("/sign-in/slip", data={"code": code, "words": words})
    assert answer.status_code == 422


def test_a_slip_speaks_the_language_of_whoever_it_is_for(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    form = {"full_name": "Karim Haddad", "language": "ar", "ticket": str(uuid4())}
    page = enrollment.client_of(board).post(f"/associations/{association}/members/new", data=form).text
    assert '<div lang="ar" dir="rtl">' in page
    assert "رمزكم الشخصي" in page
    assert "This page is shown only once" in page


def test_a_form_sent_twice_makes_one_member(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(board)
    form = {"full_name": "Karim Haddad", "language": "ar", "ticket": str(uuid4())}
    answers = [client.post(f"/associations/{association}/members/new", data=form).status_code for _ in range(2)]
    assert answers == [200, 303]
    assert client.words(f"/associations/{association}/members").count("Karim Haddad") == 1


def test_the_board_is_handed_over_but_never_left_empty(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(board)
    ticket = _add(client, association, "Karim Haddad")
    answer = client.post(f"/associations/{association}/leave")
    assert "needs at least one person on its board" in text_of(answer.text)
    client.post(f"/associations/{association}/members/{ticket}/board")
    client.post(f"/associations/{association}/leave")
    assert "You are not in an association yet" in client.words("/associations")
    assert client.get(f"/associations/{association}/members").status_code in (403, 404)


def test_who_leaves_and_comes_back_is_told_to_the_other_services(
    enrollment: ServiceUnderTest, accounts: Accounts
) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(board)
    ticket = _add(client, association, "Karim Haddad")
    client.post(f"/associations/{association}/members/{ticket}/remove")
    assert [event["is_current"] for event in accounts.events(UUID(ticket))] == [True, False]
    person_id = UUID(accounts.events(UUID(ticket))[0]["person_id"])
    roles = [[role["role"] for role in event["roles"]] for event in accounts.events(person_id)]
    assert roles[0] == ["member"]
    assert roles[-1] == []


def test_a_foreign_board_finds_nothing(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board, stranger = accounts.person("Amina Yusuf"), accounts.person("Tomas Weber")
    association = accounts.association(board)
    accounts.association(stranger, "Nachbarn e. V.")
    ticket = _add(enrollment.client_of(board), association, "Karim Haddad")
    client = enrollment.client_of(stranger)
    base = f"/associations/{association}"
    gets = ["/members", "/members/new", "/invite", "/edit", f"/members/{ticket}/slip", f"/members/{ticket}/remove"]
    posts = ["/invite/rotate", f"/members/{ticket}/slip", f"/members/{ticket}/remove", f"/members/{ticket}/board"]
    assert [client.get(base + path).status_code for path in gets] == [404] * len(gets)
    assert [client.post(base + path).status_code for path in posts] == [404] * len(posts)
    assert client.get(f"/api/enrollment/v1{base}/members").status_code == 404


def test_a_board_cannot_get_into_accounts_that_reach_further(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(board)
    poster = client.words(f"/associations/{association}/invite")
    code = first_in(r"Code of the association\s*(\w{4}-\w{4})", poster)
    with_email = accounts.person("Leyla Demir", email="leyla@example.org")
    other_board = accounts.person("Tomas Weber")
    accounts.association(other_board, "Nachbarn e. V.")
    staff = accounts.staff(name="Office Person")
    for person in (with_email, other_board, staff):
        enrollment.client_of(person).post(f"/join/{code}")
        membership = next(
            role["membership_id"] for role in _members(client, association) if role["person_id"] == str(person)
        )
        answer = client.post(f"/associations/{association}/members/{membership}/slip")
        assert answer.status_code == 422
        assert "own way to sign in" in text_of(answer.text)


def _members(client: CheckedClient, association: UUID) -> list[dict[str, str]]:
    return client.get(f"/api/enrollment/v1/associations/{association}/members").json["items"]


def test_programs_read_and_add_members(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    board = accounts.person("Amina Yusuf")
    association = accounts.association(board)
    client = enrollment.client_of(board)
    base = "/api/enrollment/v1"
    assert client.get(f"{base}/me").json["full_name"] == "Amina Yusuf"
    assert client.get(f"{base}/associations").json["items"][0]["is_board"] is True
    keyed = {"Idempotency-Key": "once"}
    answers = [
        client.post(f"{base}/associations/{association}/members", json={"full_name": "Karim"}, headers=keyed)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    assert [member["full_name"] for member in _members(client, association)] == ["Amina Yusuf", "Karim"]
    assert enrollment.client().get(f"{base}/me").status_code == 401
