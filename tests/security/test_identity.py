"""The identity cookie at every service: only what enrollment has signed, now, for this session version, counts."""

import base64
import importlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from shared.contracts.codec import encode
from shared.contracts.enrollment import PersonChanged
from shared.contracts.event import Envelope
from shared.contracts.services import Service
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import inbox
from tests.support import identities
from tests.support.accounts import Accounts
from tests.support.service import ServiceUnderTest

PAGES = {Service.ENROLLMENT: "/profile", Service.COURSEWORK: "/coursework/", Service.CERTIFICATION: "/certification/"}
CALLS = {
    Service.ENROLLMENT: "/api/enrollment/v1/me",
    Service.COURSEWORK: "/api/coursework/v1/runs",
    Service.CERTIFICATION: "/api/certification/v1/certificates",
}


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    under_test: ServiceUnderTest = request.getfixturevalue(request.param.value)
    return under_test


@pytest.fixture
def person_id(service: ServiceUnderTest) -> UUID:
    """Somebody whom the service knows."""
    name = service.resources.settings.service
    if name is Service.ENROLLMENT:
        return Accounts(service).person()
    person_id = new_id()
    hear(service, person_id, session_version=1, subject_version=1)
    return person_id


def hear(service: ServiceUnderTest, person_id: UUID, *, session_version: int, subject_version: int) -> None:
    name = service.resources.settings.service
    event = PersonChanged(
        person_id=person_id,
        full_name="Leyla Demir",
        language="en",
        session_version=session_version,
        is_active=True,
        roles=(),
    )
    envelope = Envelope(
        message_id=new_id(),
        event_id=new_id(),
        type=event.type,
        version=event.version,
        producer="enrollment",
        destination=name,
        subject=event.subject,
        subject_id=person_id,
        subject_version=subject_version,
        occurred_at=utc_now(),
        payload=encode(event),
        trace={},
    )
    handlers = importlib.import_module(f"services.{name}.tasks.inbound").HANDLERS
    service.worker.set_default()
    with service.transaction() as session:
        inbox.take_in(session, envelope, handlers=handlers, now=utc_now())


def statuses(service: ServiceUnderTest, cookie: str) -> tuple[int, int]:
    """What the page and the JSON door answer to somebody with this cookie."""
    name = service.resources.settings.service
    client = service.app.test_client(use_cookies=False)
    headers = {"Cookie": f"memo_identity={cookie}"}
    page, call = (client.get(path, headers=headers) for path in (PAGES[name], CALLS[name]))
    return page.status_code, call.status_code


HEADER = {"alg": "Ed25519", "kid": "test-1"}
NOBODY = (303, 401)
SOMEBODY = (200, 200)


def claims_of(person_id: UUID) -> dict[str, Any]:
    now = int(utc_now().timestamp())
    return {
        "sub": str(person_id),
        "sv": 1,
        "amr": ["pwd"],
        "iat": now - 1,
        "exp": now + 3600,
        "jti": uuid4().hex,
    }


def signed(claims: dict[str, Any], **header: Any) -> str:
    return jwt.encode({"alg": "Ed25519", "kid": "test-1", **header}, claims, identities.KEY, algorithms=["Ed25519"])


def part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def part_of(content: Any) -> str:
    return part(json.dumps(content).encode())


def unsigned(person_id: UUID) -> str:
    return f"{part_of({'alg': 'none'})}.{part_of(claims_of(person_id))}."


def signed_with_the_public_key(person_id: UUID) -> str:
    """The old confusion: the public key taken as the secret of an HMAC."""
    secret = OctKey.import_key(json.dumps(identities.KEY.as_dict(private=False)))
    return jwt.encode({"alg": "HS256", "kid": "test-1"}, claims_of(person_id), secret, algorithms=["HS256"])


def with_a_key_of_its_own(person_id: UUID) -> str:
    """A token that brings the key along with which it wants to be checked."""
    header = {"alg": "Ed25519", "jwk": identities.STRANGERS_KEY.as_dict(private=False)}
    return jwt.encode(header, claims_of(person_id), identities.STRANGERS_KEY, algorithms=["Ed25519"])


def tampered(person_id: UUID) -> str:
    head, _, signature = signed(claims_of(uuid4())).split(".")
    return f"{head}.{part_of(claims_of(person_id))}.{signature}"


FORGERIES: dict[str, Callable[[UUID], str]] = {
    "another key": lambda person: identities.token(person, key=identities.STRANGERS_KEY),
    "no algorithm": unsigned,
    "public key as secret": signed_with_the_public_key,
    "brings its own key": with_a_key_of_its_own,
    "other claims": tampered,
    "unknown key id": lambda person: signed(claims_of(person), kid="test-2"),
    "expired": lambda person: identities.token(person, issued_at=utc_now() - timedelta(hours=13)),
    "from the future": lambda person: identities.token(person, issued_at=utc_now() + timedelta(minutes=5)),
    "older session": lambda person: identities.token(person, session_version=0),
    "unknown way of signing in": lambda person: signed(claims_of(person) | {"amr": ["telepathy"]}),
    "ways are no list": lambda person: signed(claims_of(person) | {"amr": 7}),
    "no person": lambda person: signed({k: v for k, v in claims_of(person).items() if k != "sub"}),
    "person is no id": lambda person: signed(claims_of(person) | {"sub": "1 OR 1=1"}),
    "person is a number": lambda person: signed(claims_of(person) | {"sub": 7}),
    "no expiry": lambda person: signed({k: v for k, v in claims_of(person).items() if k != "exp"}),
    "endless": lambda person: signed(claims_of(person) | {"exp": 10**30}),
    "expiry is text": lambda person: signed(claims_of(person) | {"exp": "never"}),
    "version is a list": lambda person: signed(claims_of(person) | {"sv": [1]}),
    "10 kB of garbage": lambda person: "x" * 10_000,
    "10 kB of dots": lambda person: "." * 10_000,
    "deeply nested header": lambda person: f"{part(b'[' * 7_000)}.{part(b'{}')}.x",
    "deeply nested claims": lambda person: f"{part_of(HEADER)}.{part(b'[' * 7_000)}.x",
    "not ASCII": lambda person: "ü.ü.ü",
    "zero byte": lambda person: f"{part_of({'alg': chr(0)})}.e30.x",
    "empty": lambda person: "",
}


def test_whoever_brings_a_forged_or_outdated_cookie_is_nobody(service: ServiceUnderTest, person_id: UUID) -> None:
    seen = {name: statuses(service, forge(person_id)) for name, forge in FORGERIES.items()}
    assert {name: found for name, found in seen.items() if found != NOBODY} == {}


def test_a_genuine_cookie_is_somebody_whatever_else_it_claims(service: ServiceUnderTest, person_id: UUID) -> None:
    extra = {"roles": ["office"], "is_admin": True, "nested": {"a": [1]}, "iss": "https://evil.example"}
    assert statuses(service, identities.token(person_id)) == SOMEBODY
    assert statuses(service, signed(claims_of(person_id) | extra)) == SOMEBODY


def test_signing_out_everywhere_ends_older_cookies_at_every_service(
    coursework: ServiceUnderTest, certification: ServiceUnderTest
) -> None:
    person_id = new_id()
    for service in (coursework, certification):
        hear(service, person_id, session_version=1, subject_version=1)
        cookie = identities.token(person_id)
        assert statuses(service, cookie) == SOMEBODY
        hear(service, person_id, session_version=2, subject_version=2)
        assert statuses(service, cookie) == NOBODY
        assert statuses(service, identities.token(person_id, session_version=2)) == SOMEBODY
