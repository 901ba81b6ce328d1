"""Who may do what in certification. What is not in the table is denied."""

from enum import StrEnum

from shared.kernel.permissions import PermissionTable, authority, board, office, own_row, signed_in


class Permission(StrEnum):
    """`service:subject:action`. Public verification needs none and is not here."""

    CERTIFICATE_LIST_OWN = "certification:certificate:list_own"
    CERTIFICATE_READ = "certification:certificate:read"
    CERTIFICATE_LIST = "certification:certificate:list"
    CERTIFICATE_REVOKE = "certification:certificate:revoke"
    REVIEW_LIST = "certification:review:list"
    REVIEW_CLOSE = "certification:review:close"
    PASS_READ = "certification:pass:read"  # noqa: S105
    PASS_RENEW = "certification:pass:renew"  # noqa: S105
    PASS_LIST = "certification:pass:list"  # noqa: S105
    PASS_RULE_CHANGE = "certification:pass_rule:change"  # noqa: S105
    CREDENTIAL_ISSUE = "certification:credential:issue"
    CREDENTIAL_STATUS = "certification:credential:status"


PERMISSIONS: PermissionTable = {
    Permission.CERTIFICATE_LIST_OWN: (signed_in(),),
    Permission.CERTIFICATE_READ: (own_row(), office()),
    Permission.CERTIFICATE_LIST: (office(),),
    Permission.CERTIFICATE_REVOKE: (office(),),
    Permission.REVIEW_LIST: (office(),),
    Permission.REVIEW_CLOSE: (office(),),
    Permission.PASS_READ: (board(), office()),
    Permission.PASS_RENEW: (board(), office()),
    Permission.PASS_LIST: (office(), authority()),
    Permission.PASS_RULE_CHANGE: (office(),),
    Permission.CREDENTIAL_ISSUE: (office(),),
    Permission.CREDENTIAL_STATUS: (office(),),
}
