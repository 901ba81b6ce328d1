"""Addresses to go on to: only paths of this site, however they are dressed up."""

from urllib.parse import quote, urlsplit

import pytest

from tests.support.accounts import PASSWORD, Accounts
from tests.support.service import ServiceUnderTest

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%09/evil.example\t",
    "\x00//evil.example",
    " //evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http://127.0.0.1:8080@evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "/\u2028/evil.example",
    "//127.0.0.1:8080/",
    "/runs\r\nSet-Cookie: x=1",
    "?next=//evil.example",
    "/" + "a" * 100_000 + "\\",
]
OWN = ["/runs", "/coursework/runs/0190e5a0-0000-7000-8000-000000000001?tab=1", "/v/", "/profile#ways"]


def assert_stays(location: str) -> None:
    parts = urlsplit(location)
    assert (parts.scheme, parts.netloc) == ("", ""), location
    assert location.startswith("/"), location
    assert not location.startswith(("//", "/\\")), location
    assert location.isprintable(), location


@pytest.fixture
def accounts(enrollment: ServiceUnderTest) -> Accounts:
    return Accounts(enrollment)


def test_signing_in_leads_nowhere_else(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    accounts.person(email="leyla@example.org")
    with enrollment.transaction():
        person = accounts.person("Ada")
    for target in ELSEWHERE:
        signed_in = enrollment.client_of(person).get("/sign-in", query_string={"next": target})
        assert_stays(signed_in.location)
        form = {"name": "nobody@example.org", "password": PASSWORD, "next": target}
        refused = enrollment.client().post("/sign-in", data=form, query_string={"next": target})
        assert refused.status_code in (400, 413, 422)
        assert 'href="//evil' not in refused.text
        assert 'href="https:' not in refused.text.replace("https://127", "")


def test_choosing_a_language_leads_nowhere_else(enrollment: ServiceUnderTest) -> None:
    for target in ELSEWHERE:
        answer = enrollment.client().post("/language", data={"to": "tr", "next": target})
        assert answer.status_code == 303
        assert_stays(answer.location)


@pytest.mark.parametrize("target", OWN)
def test_paths_of_this_site_are_followed(enrollment: ServiceUnderTest, target: str) -> None:
    answer = enrollment.client().post("/language", data={"to": "tr", "next": target})
    assert answer.location == target


def test_whoever_is_sent_to_sign_in_comes_back_to_the_whole_address(enrollment: ServiceUnderTest) -> None:
    answer = enrollment.client().get("/profile?a=1&b=%2F%2Fevil.example")
    assert answer.location.startswith("/sign-in?next=")
    assert quote("/profile?a=1&b=", safe="") in answer.location


def test_an_unknown_language_changes_nothing(enrollment: ServiceUnderTest) -> None:
    answer = enrollment.client().post("/language", data={"to": "../../etc/passwd", "next": "/"})
    assert answer.status_code == 303
    assert not answer.headers.getlist("Set-Cookie")
