"""Who may do what in enrollment: one constant per permission, and the table that says who holds it.

The first column of the table is read at the door (could this person hold it at all?), the second on the row.
tests/security/enrollment checks its lines for everybody who might try.
"""

from enum import StrEnum

from shared.kernel.permissions import (
    PermissionTable,
    authority,
    board,
    carrier_staff,
    office,
    own_row,
    signed_in,
    trainer,
)


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
    SECOND_FACTOR_RESET = "enrollment:second_factor:reset"
    # catalogue, runs, places, attendance, settings
    CATALOGUE_EDIT = "enrollment:catalogue:edit"
    CARRIER_MANAGE = "enrollment:carrier:manage"
    RUN_MANAGE = "enrollment:run:manage"
    RUN_STAFF = "enrollment:run:staff"
    ROSTER_READ = "enrollment:roster:read"
    PLACE_REQUEST = "enrollment:place:request"
    PLACE_LEAVE = "enrollment:place:leave"
    PLACE_ANSWER = "enrollment:place:answer"
    PLACE_READ_OWN = "enrollment:place:read_own"
    PLACE_READ_OF_ASSOCIATION = "enrollment:place:read_of_association"
    PLACE_MANAGE = "enrollment:place:manage"
    ATTENDANCE_MARK = "enrollment:attendance:mark"
    SETTING_EDIT = "enrollment:setting:edit"
    STATISTICS_READ = "enrollment:statistics:read"


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
    Permission.SECOND_FACTOR_RESET: [office()],
    # catalogue, runs, places, attendance, settings
    Permission.CATALOGUE_EDIT: [office()],
    Permission.CARRIER_MANAGE: [office()],
    Permission.RUN_MANAGE: [carrier_staff(), office()],
    Permission.RUN_STAFF: [trainer(), carrier_staff(), office()],
    Permission.ROSTER_READ: [trainer(), carrier_staff(), office()],
    Permission.PLACE_REQUEST: [own_row(), board()],
    Permission.PLACE_LEAVE: [own_row(), board(), carrier_staff(), office()],
    Permission.PLACE_ANSWER: [own_row()],
    Permission.PLACE_READ_OWN: [own_row()],
    Permission.PLACE_READ_OF_ASSOCIATION: [board()],
    Permission.PLACE_MANAGE: [carrier_staff(), office()],
    Permission.ATTENDANCE_MARK: [trainer(), carrier_staff(), office()],
    Permission.SETTING_EDIT: [office()],
    Permission.STATISTICS_READ: [office(), authority()],
}
