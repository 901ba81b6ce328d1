"""Staff roles: which role exists within which scope, and what a person may do in sum."""

from collections.abc import Iterable
from uuid import UUID

from services.enrollment.domain.errors import RoleScopeWrong
from shared.kernel.actor import Role, RoleGrant, ScopeKind

#: Roles that are assigned by hand. Member and board follow from memberships.
ASSIGNABLE_SCOPES: dict[Role, ScopeKind] = {
    Role.TRAINER: ScopeKind.RUN,
    Role.CARRIER_STAFF: ScopeKind.CARRIER,
    Role.OFFICE: ScopeKind.PROGRAMME,
    Role.AUTHORITY: ScopeKind.PROGRAMME,
}


def check_scope(role: Role, scope_kind: ScopeKind, scope_id: UUID | None) -> None:
    """Raise RoleScopeWrong where the role does not exist within this scope."""
    needs_id = scope_kind is not ScopeKind.PROGRAMME
    if ASSIGNABLE_SCOPES.get(role) is not scope_kind or needs_id != (scope_id is not None):
        raise RoleScopeWrong(role=role.value, scope_kind=scope_kind.value)


def grants_of_membership(association_id: UUID, *, is_board: bool) -> list[RoleGrant]:
    """What follows from being a member: the role, and the board's one."""
    roles = [Role.MEMBER, Role.BOARD] if is_board else [Role.MEMBER]
    return [RoleGrant(role, ScopeKind.ASSOCIATION, association_id) for role in roles]


def in_order(grants: Iterable[RoleGrant]) -> list[RoleGrant]:
    """Grants in one fixed order, so that two readings of the same roles are equal."""
    return sorted(grants, key=lambda grant: (grant.role.value, grant.scope_kind.value, str(grant.scope_id)))
