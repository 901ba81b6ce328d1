"""The second factor of staff: led to it, set up, asked for, replaced by a recovery code."""

import re
import time

import pyotp

from tests.support.accounts import Accounts
from tests.support.authenticator import Authenticator
from tests.support.pages import first_in
from tests.support.service import CheckedClient, ServiceUnderTest

LOCALHOST = {"Host": "localhost:8080"}


def _set_up(client: CheckedClient) -> tuple[pyotp.TOTP, list[str]]:
    page = client.words("/second-factor/set-up")
    key = first_in(r"Type this key into the app:\s*((?:\w{4} ?)+)", page)
    app = pyotp.TOTP(key.replace(" ", ""))
    answer = client.post("/second-factor/set-up", data={"code": app.at(time.time() - 30)})
    assert answer.status_code == 200
    return app, re.findall(r"<bdi>(\w{4}-\w{4}-\w{4})</bdi>", answer.text)


def _follow_to_localhost(client: CheckedClient) -> None:
    """Passkeys know names of hosts only: the cookie goes along to this one."""
    cookie = client.get_cookie("memo_identity")
    assert cookie is not None
    client.set_cookie("memo_identity", cookie.value, domain="localhost")


def test_staff_are_led_to_a_second_factor_and_their_role_rests_before(
    enrollment: ServiceUnderTest, accounts: Accounts
) -> None:
    accounts.staff(email="office@example.org")
    client = enrollment.client()
    client.post("/sign-in/link", data={"email": "office@example.org"})
    answer = client.post(accounts.newest_mail("office@example.org").path)
    assert answer.location == "/second-factor?next=%2F"
    assert "Set up a second step" in client.words(answer.location)
    assert "Your role rests" in client.words("/")
    assert client.get("/office/people").location.startswith("/second-factor")

    app, codes = _set_up(client)
    assert len(codes) == 8
    assert "People" in client.words("/office/people")

    later = enrollment.client()
    later.post("/sign-in/link", data={"email": "office@example.org"})
    later.post(accounts.newest_mail("office@example.org").path)
    assert later.get("/office/people").location.startswith("/second-factor")
    later.post("/second-factor", data={"code": app.now()})
    assert later.get("/office/people").status_code == 200


def test_a_code_and_a_recovery_code_work_once(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.staff()
    client = enrollment.client_of(person, methods=("pwd",))
    app, codes = _set_up(client)
    code = app.now()
    answers = [
        enrollment.client_of(person, methods=("pwd",)).post("/second-factor", data={"code": typed}).status_code
        for typed in (code, code, codes[0].lower(), codes[0], "000000")
    ]
    assert answers == [303, 422, 303, 422, 422]
    assert "7 recovery codes are left" in client.words("/profile/sign-in")


def test_a_password_alone_cannot_replace_the_second_factor(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.staff()
    _set_up(enrollment.client_of(person, methods=("pwd",)))
    thief = enrollment.client_of(person, methods=("pwd",))
    for path in ("/second-factor/remove", "/second-factor/recovery-codes", "/profile/slip"):
        assert thief.post(path).location.startswith("/second-factor")
    answer = thief.post("/profile/password", data={"password": "ein anderes Wort"})
    assert answer.location.startswith("/second-factor")


def test_the_office_helps_when_everything_is_lost(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    office, person = accounts.staff(name="Office"), accounts.staff(name="Leyla Demir", email="leyla@example.org")
    _set_up(enrollment.client_of(person, methods=("pwd",)))
    assert enrollment.client_of(person).post(f"/office/people/{person}/second-factor/reset").status_code == 403
    helper = enrollment.client_of(office)
    assert "Second step lost?" in helper.words(f"/office/people/{person}")
    helper.post(f"/office/people/{person}/second-factor/reset")
    assert enrollment.client_of(person).get("/profile").status_code == 303
    assert "Set up a second step" in enrollment.client_of(person, methods=("pwd",), session_version=2).words(
        "/second-factor"
    )
    assert accounts.newest_mail("leyla@example.org").template == "credentials_changed"


def test_a_passkey_is_made_and_counts_as_both_factors(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    person = accounts.staff()
    client = enrollment.client_of(person, methods=("pwd",))
    _follow_to_localhost(client)
    device = Authenticator(origin="http://localhost:8080")
    options = client.post("/passkeys/options", headers=LOCALHOST).json
    assert client.post("/passkeys/verify", headers=LOCALHOST, json=device.create(options)).status_code == 200
    assert client.get("/office/people", headers=LOCALHOST).status_code == 200

    elsewhere = enrollment.client()
    options = elsewhere.post("/passkeys/sign-in/options", headers=LOCALHOST).json
    answer = elsewhere.post("/passkeys/sign-in/verify?next=/office/people", headers=LOCALHOST, json=device.get(options))
    assert answer.json == {"next": "/office/people"}
    assert elsewhere.get("/office/people", headers=LOCALHOST).status_code == 200


def test_a_passkeys_answer_works_once_and_for_its_own_site_only(
    enrollment: ServiceUnderTest, accounts: Accounts
) -> None:
    client = enrollment.client_of(accounts.person())
    _follow_to_localhost(client)
    device = Authenticator(origin="http://localhost:8080")
    made = device.create(client.post("/passkeys/options", headers=LOCALHOST).json)
    assert client.post("/passkeys/verify", headers=LOCALHOST, json=made).status_code == 200
    assert client.post("/passkeys/verify", headers=LOCALHOST, json=made).status_code == 422

    stranger = enrollment.client()
    used = device.get(stranger.post("/passkeys/sign-in/options", headers=LOCALHOST).json)
    assert stranger.post("/passkeys/sign-in/verify", headers=LOCALHOST, json=used).status_code == 200
    assert stranger.post("/passkeys/sign-in/verify", headers=LOCALHOST, json=used).status_code == 422
    device.origin = "http://evil.example"
    foreign = device.get(stranger.post("/passkeys/sign-in/options", headers=LOCALHOST).json)
    answer = stranger.post("/passkeys/sign-in/verify", headers=LOCALHOST, json=foreign)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_a_passkey_without_finger_or_pin_is_refused(enrollment: ServiceUnderTest, accounts: Accounts) -> None:
    client = enrollment.client_of(accounts.person())
    _follow_to_localhost(client)
    device = Authenticator(origin="http://localhost:8080", verifies=False)
    made = device.create(client.post("/passkeys/options", headers=LOCALHOST).json)
    assert client.post("/passkeys/verify", headers=LOCALHOST, json=made).status_code == 422


def test_a_number_as_address_takes_no_passkeys(enrollment: ServiceUnderTest) -> None:
    answer = enrollment.client().post("/passkeys/sign-in/options", headers={"Host": "127.0.0.1:8080"})
    assert answer.status_code == 422
