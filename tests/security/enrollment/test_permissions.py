"""The table of permissions about people and associations, line by line, for everybody who might try."""

from uuid import UUID

import pytest

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from shared.kernel.actor import ANONYMOUS, Actor, Role, RoleGrant, ScopeKind
from shared.kernel.permissions import Facts, allows

OWN, OTHER = UUID(int=1), UUID(int=2)
ASSOCIATION, FOREIGN = UUID(int=11), UUID(int=12)


def _actor(*grants: RoleGrant, has_second_factor: bool = True) -> Actor:
    return Actor(OWN, frozenset(grants), has_second_factor=has_second_factor)


def _within(role: Role, association_id: UUID) -> RoleGrant:
    return RoleGrant(role, ScopeKind.ASSOCIATION, association_id)


ACTORS = {
    "stranger": ANONYMOUS,
    "person": _actor(),
    "member": _actor(_within(Role.MEMBER, ASSOCIATION)),
    "board": _actor(_within(Role.MEMBER, ASSOCIATION), _within(Role.BOARD, ASSOCIATION)),
    "foreign board": _actor(_within(Role.MEMBER, FOREIGN), _within(Role.BOARD, FOREIGN)),
    "trainer": _actor(RoleGrant(Role.TRAINER, ScopeKind.RUN, UUID(int=21))),
    "carrier staff": _actor(RoleGrant(Role.CARRIER_STAFF, ScopeKind.CARRIER, UUID(int=31))),
    "office": _actor(RoleGrant(Role.OFFICE, ScopeKind.PROGRAMME)),
    "office without second factor": _actor(RoleGrant(Role.OFFICE, ScopeKind.PROGRAMME), has_second_factor=False),
    "authority": _actor(RoleGrant(Role.AUTHORITY, ScopeKind.PROGRAMME)),
}
ON_OWN_ROW = Facts(person_id=OWN)
ON_ASSOCIATION = Facts(association_id=ASSOCIATION)
EVERYBODY_WITH_ACCOUNT = set(ACTORS) - {"stranger"}

ROWS: list[tuple[Permission, Facts, set[str]]] = [
    (Permission.PERSON_READ_SELF, ON_OWN_ROW, EVERYBODY_WITH_ACCOUNT),
    (Permission.PERSON_READ_SELF, Facts(person_id=OTHER), set()),
    (Permission.PERSON_CHANGE_SELF, ON_OWN_ROW, EVERYBODY_WITH_ACCOUNT),
    (Permission.PERSON_CHANGE_SELF, Facts(person_id=OTHER), set()),
    (Permission.PERSON_SEARCH, Facts(), {"office"}),
    (Permission.ASSOCIATION_FOUND, ON_OWN_ROW, EVERYBODY_WITH_ACCOUNT),
    (Permission.ASSOCIATION_CHANGE, ON_ASSOCIATION, {"board", "office"}),
    (Permission.ASSOCIATION_LIST, Facts(), {"office", "authority"}),
    (Permission.ASSOCIATION_CONFIRM, ON_ASSOCIATION, {"office"}),
    (Permission.ASSOCIATION_INVITE, ON_ASSOCIATION, {"board"}),
    (Permission.MEMBERSHIP_LIST, ON_ASSOCIATION, {"board"}),
    (Permission.MEMBERSHIP_MANAGE, ON_ASSOCIATION, {"board"}),
    (Permission.MEMBERSHIP_JOIN, ON_OWN_ROW, EVERYBODY_WITH_ACCOUNT),
    (Permission.MEMBERSHIP_LEAVE, ON_OWN_ROW, EVERYBODY_WITH_ACCOUNT),
    (Permission.MEMBERSHIP_LEAVE, Facts(person_id=OTHER), set()),
    (Permission.SLIP_ISSUE, ON_ASSOCIATION, {"board"}),
    (Permission.ROLE_ASSIGN, Facts(), {"office"}),
    (Permission.SECOND_FACTOR_RESET, Facts(), {"office"}),
]


@pytest.mark.parametrize(
    ("permission", "facts", "expected"), ROWS, ids=[f"{number}-{row[0]}" for number, row in enumerate(ROWS)]
)
def test_a_permission_is_held_by_these_and_nobody_else(
    permission: Permission, facts: Facts, expected: set[str]
) -> None:
    assert {name for name, actor in ACTORS.items() if allows(PERMISSIONS, actor, permission, facts)} == expected
