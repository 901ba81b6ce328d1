"""Secrets of offers, challenges, names, claims: what follows from values alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.certification.domain.wallet import (
    NONCE_LIFETIME,
    divide_name,
    is_division,
    new_nonce,
    nonce_ends_at,
    offer_secrets,
)
from services.certification.domain.wallet_credential import CLAIMS, WalletCredential, eqf_level, study_time

NOW = datetime(2026, 11, 23, 10, 30, 17, tzinfo=UTC)

words = st.lists(st.text(st.characters(categories=["L", "M", "Pd"]), min_size=1), min_size=1, max_size=6)


@given(words)
def test_a_guess_at_how_a_name_divides_is_a_division_of_it(parts: list[str]) -> None:
    name = " ".join(parts)
    given_name, family_name = divide_name(name)
    assert is_division(name, given=given_name, family=family_name)


@given(words, st.integers(0, 6))
def test_a_name_divides_at_any_space_and_either_part_may_come_first(parts: list[str], at: int) -> None:
    name, first, rest = " ".join(parts), " ".join(parts[:at]), " ".join(parts[at:])
    assert is_division(name, given=first, family=rest) is bool(rest)
    assert is_division(name, given=rest, family=first) is bool(first)


@given(words, words)
def test_nothing_is_added_to_a_name_or_taken_from_it(parts: list[str], more: list[str]) -> None:
    name = " ".join(parts)
    assert not is_division(name, given=name, family=" ".join(more))
    assert not is_division(name + " x", given="", family=name)


@given(st.uuids(), st.text(max_size=20))
def test_secrets_of_an_offer_follow_from_its_id_and_the_key(offer_id: UUID, key: str) -> None:
    secrets = offer_secrets(offer_id, key=key)
    assert secrets == offer_secrets(offer_id, key=key)
    assert len(secrets.pin) == 6
    assert secrets.pin.isdecimal()
    assert secrets.code != secrets.reference
    assert offer_secrets(uuid4(), key=key).code != secrets.code
    assert offer_secrets(offer_id, key=key + "x").code != secrets.code


@given(st.text())
def test_only_our_own_challenges_have_an_end(made_up: str) -> None:
    assert nonce_ends_at(made_up, key="ours") is None
    ours = new_nonce("unpredictable", key="ours", now=NOW)
    assert nonce_ends_at(ours, key="ours") == int((NOW + NONCE_LIFETIME).timestamp())
    assert nonce_ends_at(ours, key="another") is None
    ends, _, rest = ours.partition(".")
    assert nonce_ends_at(f"{int(ends) + 60}.{rest}", key="ours") is None


def credential(**more: object) -> WalletCredential:
    facts: dict[str, Any] = {
        "issuer": "https://memo.example",
        "type_url": "https://memo.example/t",
        "status_url": "https://memo.example/s",
        "status_index": 7,
        "issued_at": NOW,
        "given_name": "",
        "family_name": "Sukarno",
        "full_name": "Sukarno",
        "title": "Grundkurs",
        "description": "Sechs Workshops",
        "outcomes": ["Vereinsrecht"],
        "grade": "Bestanden",
        "units": 24,
        "level": None,
        "language": "de",
        "authority": "MEMO",
        "country": "DE",
        "issued_on": date(2026, 11, 20),
        "expires_on": None,
        "number": "4C7F",
    }
    return WalletCredential(**{**facts, **more})


def test_what_is_not_known_is_left_out_and_not_disclosable() -> None:
    claims = credential().claims()
    assert not {"given_name", "date_of_expiry", "level_of_learning_experience"} & set(claims)
    assert set(credential().disclosable) <= set(claims)
    full = credential(given_name="Ahmed", level=4, expires_on=date(2030, 1, 1)).claims()
    assert set(CLAIMS) <= set(full)


def test_copies_of_one_day_bear_the_same_instant() -> None:
    later = credential(issued_at=NOW + timedelta(hours=3))
    assert later.claims()["iat"] == credential().claims()["iat"]


def test_study_time_is_a_duration() -> None:
    assert [study_time(units) for units in (24, 1, 3, 0)] == ["PT18H", "PT0H45M", "PT2H15M", "PT0H"]


def test_the_european_level_is_read_from_its_address() -> None:
    assert eqf_level([{"targetUrl": "https://x"}, {"targetUrl": "http://data.europa.eu/snb/eqf/4"}]) == 4
    assert eqf_level([{"targetUrl": "http://data.europa.eu/snb/eqf/9"}, {}]) is None
