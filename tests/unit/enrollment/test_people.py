"""Names, roles, boards."""

from uuid import UUID, uuid4

import pytest

from services.enrollment.domain.associations import check_board_remains, new_invite_code, show_invite_code
from services.enrollment.domain.errors import LastBoardMember, RoleScopeWrong
from services.enrollment.domain.people import PERSON_TRANSITIONS, PersonState, tidy_email, tidy_language, tidy_name
from services.enrollment.domain.roles import check_scope, grants_of_membership
from services.enrollment.domain.second_factor import (
    looks_like_recovery_code,
    new_recovery_codes,
    show_recovery_code,
)
from shared.kernel.actor import Role, ScopeKind
from shared.kernel.errors import TransitionRefused


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  Leyla   Demir ", "Leyla Demir"),
        ("Jose\u0301 Marti\u0301", "José Martí"),
        ("Anna\u202eamaD", "Anna amaD"),
        ("ليلى  دمير", "ليلى دمير"),
    ],
)
def test_names_are_kept_as_a_certificate_may_bear_them(typed: str, tidied: str) -> None:
    assert tidy_name(typed) == tidied


def test_addresses_differ_by_more_than_their_capitals() -> None:
    assert tidy_email(" Leyla@Example.ORG ") == "leyla@example.org"


def test_an_unknown_language_is_german() -> None:
    assert [tidy_language(code) for code in ("tr", "xx", None)] == ["tr", "de", "de"]


def test_a_closed_account_stays_closed() -> None:
    with pytest.raises(TransitionRefused):
        PERSON_TRANSITIONS.check(PersonState.CLOSED, PersonState.ACTIVE)


def test_the_last_on_the_board_stays() -> None:
    check_board_remains(others_on_board=1)
    with pytest.raises(LastBoardMember):
        check_board_remains(others_on_board=0)


@pytest.mark.parametrize(
    ("role", "scope_kind", "scope_id"),
    [
        (Role.OFFICE, ScopeKind.CARRIER, uuid4()),
        (Role.OFFICE, ScopeKind.PROGRAMME, uuid4()),
        (Role.CARRIER_STAFF, ScopeKind.CARRIER, None),
        (Role.TRAINER, ScopeKind.PROGRAMME, None),
        (Role.BOARD, ScopeKind.ASSOCIATION, uuid4()),
    ],
)
def test_a_role_exists_within_its_own_scope_only(role: Role, scope_kind: ScopeKind, scope_id: UUID | None) -> None:
    with pytest.raises(RoleScopeWrong):
        check_scope(role, scope_kind, scope_id)


def test_a_board_is_also_a_member() -> None:
    assert [grant.role for grant in grants_of_membership(uuid4(), is_board=True)] == [Role.MEMBER, Role.BOARD]


def test_codes_are_shown_in_groups_and_recognised_as_typed() -> None:
    code = new_recovery_codes()[0]
    assert looks_like_recovery_code(show_recovery_code(code).lower())
    assert not looks_like_recovery_code("123 456")
    invite_code = new_invite_code()
    assert show_invite_code(invite_code).replace("-", "") == invite_code
