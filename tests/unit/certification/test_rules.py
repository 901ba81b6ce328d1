"""Numbers, texts, status bits, passes, uploads: what is decided without a database."""

import json
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.certification.domain.certificates import (
    CERTIFICATE_TRANSITIONS,
    AttendanceFact,
    CertificateState,
    Completion,
    ResultFact,
)
from services.certification.domain.errors import TextRefused, UploadTooLarge, UploadUnreadable
from services.certification.domain.numbers import NUMBER_LENGTH, new_number, read_number, strange_characters
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.status import LIST_LENGTH, encode_list, is_set
from services.certification.domain.text import clean_text, comparable_name
from services.certification.domain.verification import (
    UPLOAD_LIMIT_KIB,
    Check,
    CheckResult,
    Verdict,
    read_upload,
    verdict_of,
)
from shared.kernel.actor import Actor, Role, RoleGrant, ScopeKind
from shared.kernel.errors import NotPermitted, SecondFactorNeeded, TransitionRefused
from shared.kernel.permissions import Facts, require


def test_numbers_are_of_128_bits_and_read_back_however_typed() -> None:
    number = new_number()
    assert len({new_number() for _ in range(1000)}) == 1000
    assert 24**NUMBER_LENGTH > 2**128
    for typed in (number, number.lower(), number.replace("-", ""), f"  {number.replace('-', ' . ')} "):
        assert read_number(typed) == number
    assert read_number(number[:-1]) is None
    assert read_number(number + "2") is None
    assert read_number("O" + number[1:]) is None
    assert strange_characters("O0-4C7F") == "0O"


@given(st.text())
def test_no_text_makes_reading_a_number_fail(text: str) -> None:
    read_number(text)
    strange_characters(text)


@given(st.text())
def test_cleaned_text_is_stable_and_has_no_control_characters(text: str) -> None:
    try:
        clean = clean_text(text, field="name", limit=10_000)
    except TextRefused:
        return
    assert clean_text(clean, field="name", limit=10_000) == clean
    assert clean.isprintable() or all(letter.isprintable() or letter.isspace() for letter in clean) or clean


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("a\x00b", "control_character"),
        ("a\x1fb", "control_character"),
        ("a\u202eb", "control_character"),
        ("x" * 11, "too_long"),
    ],
)
def test_text_that_must_not_be_signed_is_refused(text: str, reason: str) -> None:
    with pytest.raises(TextRefused) as refused:
        clean_text(text, field="name", limit=10)
    assert refused.value.reason == reason


def test_names_compare_without_case_and_punctuation_but_with_accents() -> None:
    assert comparable_name("ŞÜKRÜ Öz-Yılmaz") == comparable_name("şükrü  öz yılmaz")
    assert comparable_name("A\u0308nne") == comparable_name("änne")
    assert comparable_name("Łukasz") != comparable_name("Lukasz")
    assert comparable_name("محمد العربي") == "محمد العربي"


@given(st.sets(st.integers(0, LIST_LENGTH - 1), max_size=40))
def test_exactly_the_given_bits_are_set(indices: set[int]) -> None:
    encoded = encode_list(indices)
    assert encoded == encode_list(sorted(indices, reverse=True))
    for index in indices | {0, 1, 7, 8, LIST_LENGTH - 1}:
        assert is_set(encoded, index) == (index in indices)


def test_a_certificate_is_due_with_both_facts_only_and_never_comes_back() -> None:
    attendance = AttendanceFact(completed_on=date(2026, 11, 14), units_attended=44, units_offered=48)
    result = ResultFact(passed_on=date(2026, 11, 20), quizzes_passed=6, assignments_accepted=6)
    place_id = uuid4()
    assert not Completion(place_id, attendance, None).is_complete
    assert not Completion(place_id, None, result).is_complete
    assert Completion(place_id, attendance, result).is_complete
    assert Completion(place_id, attendance, result).fulfilled_on == date(2026, 11, 20)
    assert CERTIFICATE_TRANSITIONS.check(CertificateState.ISSUED, CertificateState.REVOKED)
    for wanted in CertificateState:
        with pytest.raises(TransitionRefused):
            CERTIFICATE_TRANSITIONS.check(CertificateState.REVOKED, wanted)


def test_hostile_uploads_are_refused_before_they_cost_anything() -> None:
    with pytest.raises(UploadTooLarge):
        read_upload(b"x" * (UPLOAD_LIMIT_KIB * 1024 + 1))
    hostile = (b"", b"[]", b"null", b'{"a":1,"a":2}', b'{"a":NaN}', b"[" * 60_000, b'{"a":' * 10_000, b"\xff\xfe{}")
    for data in hostile:
        with pytest.raises(UploadUnreadable):
            read_upload(data)
    assert read_upload(json.dumps({"id": "x"}).encode()) == {"id": "x"}


@pytest.mark.parametrize(
    ("failed", "verdict"),
    [
        (set(), Verdict.VALID),
        ({Check.IN_FORCE}, Verdict.REVOKED),
        ({Check.GENUINE}, Verdict.NOT_GENUINE),
        ({Check.UNCHANGED, Check.IN_FORCE}, Verdict.NOT_GENUINE),
    ],
)
def test_only_what_is_genuine_can_be_valid_or_revoked(failed: set[Check], verdict: Verdict) -> None:
    assert verdict_of(tuple(CheckResult(check, check not in failed) for check in Check)) is verdict


HOLDER, ASSOCIATION = uuid4(), uuid4()
ROW = Facts(person_id=HOLDER, association_id=ASSOCIATION)
ACTORS = {
    "holder": Actor(person_id=HOLDER),
    "stranger": Actor(person_id=uuid4()),
    "board": Actor(uuid4(), frozenset({RoleGrant(Role.BOARD, ScopeKind.ASSOCIATION, ASSOCIATION)})),
    "foreign board": Actor(uuid4(), frozenset({RoleGrant(Role.BOARD, ScopeKind.ASSOCIATION, uuid4())})),
    "office": Actor(uuid4(), frozenset({RoleGrant(Role.OFFICE, ScopeKind.PROGRAMME)}), has_second_factor=True),
    "office without factor": Actor(uuid4(), frozenset({RoleGrant(Role.OFFICE, ScopeKind.PROGRAMME)})),
    "authority": Actor(uuid4(), frozenset({RoleGrant(Role.AUTHORITY, ScopeKind.PROGRAMME)}), has_second_factor=True),
}
ALLOWED = {
    Permission.CERTIFICATE_LIST_OWN: set(ACTORS),
    Permission.CERTIFICATE_READ: {"holder", "office"},
    Permission.PRESENTATION_MANAGE: {"holder"},
    Permission.ENDORSEMENT_GIVE: set(ACTORS),
    Permission.WALLET_OFFER: {"holder"},
    Permission.REISSUE_ASK: {"holder"},
    Permission.PASS_READ: {"board", "office"},
    Permission.PASS_RENEW: {"board", "office"},
    Permission.PASS_LIST: {"office", "authority"},
    Permission.PASS_PUBLISH: {"board"},
    Permission.MULTIPLIER_ENTRY_KEEP: set(ACTORS),
    Permission.CERTIFICATE_EXPORT: {"holder", "office"},
}
#: What the office alone may do; staff of a carrier may also read the ceremony lists of their own runs.
OFFICE_ALONE = {
    Permission.CERTIFICATE_LIST,
    Permission.CERTIFICATE_REVOKE,
    Permission.REISSUE_DECIDE,
    Permission.RELEASE_DECIDE,
    Permission.RELEASE_RULE_CHANGE,
    Permission.TEMPLATE_CHANGE,
    Permission.BATCH_RUN,
    Permission.CEREMONY_READ,
    Permission.REVIEW_LIST,
    Permission.REVIEW_CLOSE,
    Permission.PASS_RULE_CHANGE,
    Permission.KEY_LIST,
    Permission.KEY_CHANGE,
    Permission.CREDENTIAL_ISSUE,
    Permission.CREDENTIAL_STATUS,
    Permission.TEST_CREDENTIAL_ISSUE,
    Permission.TOKEN_MANAGE,
    Permission.WEBHOOK_MANAGE,
    Permission.PERSON_ERASE,
}
ALLOWED |= {permission: {"office"} for permission in OFFICE_ALONE}


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("who", list(ACTORS))
def test_the_table_of_permissions_allows_exactly_these(permission: Permission, who: str) -> None:
    if who in ALLOWED[permission]:
        require(PERMISSIONS, ACTORS[who], permission, ROW)
    else:
        with pytest.raises((NotPermitted, SecondFactorNeeded)):
            require(PERMISSIONS, ACTORS[who], permission, ROW)
