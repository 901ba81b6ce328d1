"""Rules of passwords, links and counters of guesses."""

from datetime import UTC, datetime, timedelta

import pytest

from services.enrollment.domain.errors import LinkUnusable, PasswordTooCommon, PasswordTooShort
from services.enrollment.domain.passkeys import PasskeySite, address_for_passkeys, passkey_site
from services.enrollment.domain.sign_in import PASSWORD_GUESSES, SLIP_GUESSES, attempt_keys, check_link, check_password

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_short_password_is_refused_with_the_length_it_needs() -> None:
    with pytest.raises(PasswordTooShort) as refusal:
        check_password("kurz", known=[])
    assert refusal.value.least == 10


@pytest.mark.parametrize(
    "password", ["passwort123", "PASSWORT123", "aaaaaaaaaaaa", "Leyla Demir", "leyla@example.org", "leylademir"]
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        check_password(password, known=["Leyla Demir", "leyla@example.org", ""])


@pytest.mark.parametrize("password", ["drei Worte am Stück", "كلمة السر الطويلة", "x7!kQ-92mmLp"])
def test_length_is_enough_in_any_script(password: str) -> None:
    check_password(password, known=["Leyla Demir"])


@pytest.mark.parametrize(
    ("expires_at", "used_at"), [(NOW, None), (NOW - timedelta(days=1), None), (NOW + timedelta(hours=1), NOW)]
)
def test_used_and_old_links_are_refused(expires_at: datetime, used_at: datetime | None) -> None:
    with pytest.raises(LinkUnusable):
        check_link(expires_at=expires_at, used_at=used_at, now=NOW)


def test_counters_hold_no_readable_name_and_differ_by_way_in() -> None:
    keys = attempt_keys(PASSWORD_GUESSES, account="leyla@example.org", address="203.0.113.7", key="k" * 32)
    others = attempt_keys(SLIP_GUESSES, account="leyla@example.org", address="203.0.113.7", key="k" * 32)
    assert len({*keys, *others}) == 4
    assert not any("leyla" in key or "203" in key for key in (*keys, *others))


def test_passkeys_belong_to_the_platforms_own_host() -> None:
    site = passkey_site("https://memo.example", host="evil.example")
    assert site == PasskeySite("memo.example", "https://memo.example")


def test_a_number_as_address_takes_no_passkeys_but_localhost_does() -> None:
    base_url = "http://127.0.0.1:8080"
    assert passkey_site(base_url, host="127.0.0.1:8080") is None
    assert passkey_site(base_url, host="evil.example:8080") is None
    assert passkey_site(base_url, host="localhost:8080") == PasskeySite("localhost", "http://localhost:8080")
    assert address_for_passkeys(base_url) == "http://localhost:8080"
    assert address_for_passkeys("https://203.0.113.7") is None
