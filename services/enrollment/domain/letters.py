"""Names of the letters about accounts; `adapters/letters.py` holds their words."""

from enum import StrEnum


class Letter(StrEnum):
    """One kind of letter."""

    CONFIRM_EMAIL = "confirm_email"
    ADDRESS_HAS_ACCOUNT = "address_has_account"
    SIGN_IN_LINK = "sign_in_link"
    NO_ACCOUNT = "no_account"
    WELCOME = "welcome"
    CREDENTIALS_CHANGED = "credentials_changed"
    EMAIL_CHANGED = "email_changed"
    ACCOUNT_CLOSED = "account_closed"
    ROLE_GRANTED = "role_granted"
    FEEDBACK = "feedback"
    PLACE_CONFIRMED = "place_confirmed"
    PLACE_WAITING = "place_waiting"
    PLACE_OFFERED = "place_offered"
    PLACE_RELEASED = "place_released"
    OFFER_LAPSED = "offer_lapsed"
    RUN_CANCELLED = "run_cancelled"
    RUN_CHANGED = "run_changed"
    SUBMISSION_GRADED = "submission_graded"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_REVOKED = "certificate_revoked"
    PASS_CHANGED = "pass_changed"
    PASS_GRACE = "pass_grace"
    PASS_ENDS_SOON = "pass_ends_soon"
    MULTIPLIER_CONTACTED = "multiplier_contacted"


class CredentialChange(StrEnum):
    """What changed about somebody's ways to sign in, as a letter names it."""

    PASSWORD_SET = "password_set"
    PASSWORD_REMOVED = "password_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    RECOVERY_CODE_USED = "recovery_code_used"
    SLIP_ISSUED = "slip_issued"
