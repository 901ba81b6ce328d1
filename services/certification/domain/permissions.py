"""Who may do what in certification. What is not in the table is denied."""

from enum import StrEnum

from shared.kernel.permissions import (
    PermissionTable,
    authority,
    board,
    carrier_staff,
    office,
    own_row,
    signed_in,
)


class Permission(StrEnum):
    """`service:subject:action`. Public verification needs none and is not here."""

    CERTIFICATE_LIST_OWN = "certification:certificate:list_own"
    CERTIFICATE_READ = "certification:certificate:read"
    PRESENTATION_MANAGE = "certification:presentation:manage"
    ENDORSEMENT_GIVE = "certification:endorsement:give"
    WALLET_OFFER = "certification:wallet:offer"
    CERTIFICATE_LIST = "certification:certificate:list"
    CERTIFICATE_REVOKE = "certification:certificate:revoke"
    REISSUE_ASK = "certification:reissue:ask"
    REISSUE_DECIDE = "certification:reissue:decide"
    RELEASE_DECIDE = "certification:release:decide"
    RELEASE_RULE_CHANGE = "certification:release_rule:change"
    TEMPLATE_CHANGE = "certification:template:change"
    BATCH_RUN = "certification:batch:run"
    CEREMONY_READ = "certification:ceremony:read"
    REVIEW_LIST = "certification:review:list"
    REVIEW_CLOSE = "certification:review:close"
    PASS_READ = "certification:pass:read"
    PASS_RENEW = "certification:pass:renew"
    PASS_LIST = "certification:pass:list"
    PASS_PUBLISH = "certification:pass:publish"
    MULTIPLIER_ENTRY_KEEP = "certification:multiplier_entry:keep"
    PASS_RULE_CHANGE = "certification:pass_rule:change"
    KEY_LIST = "certification:key:list"
    KEY_CHANGE = "certification:key:change"
    CREDENTIAL_ISSUE = "certification:credential:issue"
    CREDENTIAL_STATUS = "certification:credential:status"
    CERTIFICATE_EXPORT = "certification:certificate:export"
    TEST_CREDENTIAL_ISSUE = "certification:test_credential:issue"
    TOKEN_MANAGE = "certification:token:manage"
    WEBHOOK_MANAGE = "certification:webhook:manage"
    PERSON_ERASE = "certification:person:erase"


PERMISSIONS: PermissionTable = {
    Permission.CERTIFICATE_LIST_OWN: (signed_in(),),
    Permission.CERTIFICATE_READ: (own_row(), office()),
    Permission.PRESENTATION_MANAGE: (own_row(),),
    Permission.ENDORSEMENT_GIVE: (signed_in(),),
    Permission.WALLET_OFFER: (own_row(),),
    Permission.CERTIFICATE_LIST: (office(),),
    Permission.CERTIFICATE_REVOKE: (office(),),
    Permission.REISSUE_ASK: (own_row(),),
    Permission.REISSUE_DECIDE: (office(),),
    Permission.RELEASE_DECIDE: (office(),),
    Permission.RELEASE_RULE_CHANGE: (office(),),
    Permission.TEMPLATE_CHANGE: (office(),),
    Permission.BATCH_RUN: (office(),),
    Permission.CEREMONY_READ: (office(), carrier_staff()),
    Permission.REVIEW_LIST: (office(),),
    Permission.REVIEW_CLOSE: (office(),),
    Permission.PASS_READ: (board(), office()),
    Permission.PASS_RENEW: (board(), office()),
    Permission.PASS_LIST: (office(), authority()),
    Permission.PASS_PUBLISH: (board(),),
    Permission.MULTIPLIER_ENTRY_KEEP: (signed_in(),),
    Permission.PASS_RULE_CHANGE: (office(),),
    Permission.KEY_LIST: (office(),),
    Permission.KEY_CHANGE: (office(),),
    Permission.CREDENTIAL_ISSUE: (office(),),
    Permission.CREDENTIAL_STATUS: (office(),),
    Permission.CERTIFICATE_EXPORT: (own_row(), office()),
    Permission.TEST_CREDENTIAL_ISSUE: (office(),),
    Permission.TOKEN_MANAGE: (office(),),
    Permission.WEBHOOK_MANAGE: (office(),),
    Permission.PERSON_ERASE: (office(),),
}
