"""Who may do what in enrollment: one constant per permission, and the table that says who holds it.

The first column of the table is read at the door (could this person hold it at all?), the second on the row.
`tests/security/enrollment/permissions.py` checks every line of it for every role.
"""

from enum import StrEnum

from shared.kernel.permissions import PermissionTable, authority, board, office, own_row, signed_in


class Permission(StrEnum):
    """Everything in enrollment that not everybody may do."""

    # people, sign-in, associations, memberships, roles
    PERSON_READ_SELF = "enrollment:person:read_self"
    PERSON_CHANGE_SELF = "enrollment:person:change_self"
    PERSON_SEARCH = "enrollment:person:search"
    ASSOCIATION_FOUND = "enrollment:association:found"
    ASSOCIATION_CHANGE = "enrollment:association:change"
    ASSOCIATION_LIST = "enrollment:association:list"
    ASSOCIATION_CONFIRM = "enrollment:association:confirm"
    ASSOCIATION_INVITE = "enrollment:association:invite"
    MEMBERSHIP_LIST = "enrollment:membership:list"
    MEMBERSHIP_MANAGE = "enrollment:membership:manage"
    MEMBERSHIP_JOIN = "enrollment:membership:join"
    MEMBERSHIP_LEAVE = "enrollment:membership:leave"
    SLIP_ISSUE = "enrollment:slip:issue"
    ROLE_ASSIGN = "enrollment:role:assign"
    # catalogue, runs, places, attendance, settings


PERMISSIONS: PermissionTable = {
    Permission.PERSON_READ_SELF: [own_row()],
    Permission.PERSON_CHANGE_SELF: [own_row()],
    Permission.PERSON_SEARCH: [office()],
    Permission.ASSOCIATION_FOUND: [signed_in()],
    Permission.ASSOCIATION_CHANGE: [board(), office()],
    Permission.ASSOCIATION_LIST: [office(), authority()],
    Permission.ASSOCIATION_CONFIRM: [office()],
    Permission.ASSOCIATION_INVITE: [board()],
    Permission.MEMBERSHIP_LIST: [board()],
    Permission.MEMBERSHIP_MANAGE: [board()],
    Permission.MEMBERSHIP_JOIN: [signed_in()],
    Permission.MEMBERSHIP_LEAVE: [own_row()],
    Permission.SLIP_ISSUE: [board()],
    Permission.ROLE_ASSIGN: [office()],
    # catalogue, runs, places, attendance, settings
}
