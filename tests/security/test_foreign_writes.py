"""What a page of another site makes a browser send changes nothing; what our own pages send is taken."""

import pytest

from shared.contracts.services import Service
from tests.support.routes import writing_routes
from tests.support.service import ServiceUnderTest

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8080"},
    {"Sec-Fetch-Site": "anything new"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://evil.example"},
    {"Origin": "https://127.0.0.1:8080.evil.example"},
    {"Origin": "http://127.0.0.1:8081"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Origin": ""},
]
OWN = [
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8080"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://127.0.0.1:8080"},
    {},
]


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    under_test: ServiceUnderTest = request.getfixturevalue(request.param.value)
    return under_test


#: Where no cookie counts, pages of other sites may post: a wallet that is a page itself (decision 0019).
OPEN = {"wallet_api.token", "wallet_api.nonce", "wallet_api.credential", "wallet_api.notification"}


def statuses(service: ServiceUnderTest, headers: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Status and media type that every writing route answers to nobody; without those that are open to everybody."""
    client = service.client()
    answers = {
        str(route): client.open(route.path, method=route.method, headers=headers, base_url="http://127.0.0.1:8080")
        for route in writing_routes(service.app)
        if route.endpoint not in OPEN
    }
    return {name: (answer.status_code, answer.mimetype) for name, answer in answers.items()}


def test_every_write_from_elsewhere_is_refused(service: ServiceUnderTest) -> None:
    for headers in FOREIGN:
        for name, answer in statuses(service, headers).items():
            expected = "application/problem+json" if " /api/" in name else "text/html"
            assert answer == (403, expected), (name, headers)


def test_no_write_of_our_own_pages_is_mistaken_for_one(service: ServiceUnderTest) -> None:
    for headers in OWN:
        assert not [name for name, (status, _) in statuses(service, headers).items() if status == 403], headers


def test_where_other_sites_may_write_no_cookie_is_set(certification: ServiceUnderTest) -> None:
    client = certification.client()
    routes = [route for route in writing_routes(certification.app) if route.endpoint in OPEN]
    assert {route.endpoint for route in routes} == OPEN
    for route in routes:
        answer = client.open(route.path, method=route.method, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code < 500
        assert "Set-Cookie" not in answer.headers


def test_reading_is_allowed_from_everywhere(certification: ServiceUnderTest) -> None:
    answer = certification.client().get("/v/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
