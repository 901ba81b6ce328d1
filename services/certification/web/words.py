"""The words for states and reasons, in the reader's language."""

from flask_babel import lazy_gettext as _l

from services.certification.domain.batches import BatchProblem, BatchState, Outcome
from services.certification.domain.certificates import (
    CertificateState,
    ReviewReason,
    RevocationReason,
    RevocationRemark,
)
from services.certification.domain.documents import DocumentProblem
from services.certification.domain.endorsements import EndorserRole
from services.certification.domain.keys import KeyAlgorithm, KeyPurpose, KeyRevocationReason, KeyState
from services.certification.domain.log import LogKind
from services.certification.domain.passes import PassChangeKind, PassState
from services.certification.domain.reissues import ReissueReason
from services.certification.domain.releases import RefusalReason
from services.certification.domain.status import StatusPurpose
from services.certification.domain.templates import ShownResult
from services.certification.domain.tokens import TokenMode, TokenScope
from services.certification.domain.webhooks import WebhookEvent, WebhookState

STATES = {
    CertificateState.ISSUED: (_l("valid"), "success"),
    CertificateState.REVOKED: (_l("revoked"), "danger"),
    CertificateState.SUPERSEDED: (_l("replaced"), "neutral"),
}

#: The second languages of sheets, each in its own words: whoever speaks one finds it.
LANGUAGE_NAMES = {
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "ru": "Русский",
    "fr": "Français",
    "ro": "Română",
    "it": "Italiano",
    "pl": "Polski",
    "es": "Español",
    "el": "Ελληνικά",
    "fa": "فارسی",
}

REASONS = {
    RevocationReason.ISSUED_IN_ERROR: _l("It was issued by mistake."),
    RevocationReason.CONDITIONS_NOT_MET: _l("The conditions for it were not met."),
    RevocationReason.WRONG_PERSON: _l("It was issued for another person."),
    RevocationReason.WRONG_DETAILS: _l("Something on it was wrong."),
    RevocationReason.FALSE_STATEMENTS: _l("It rested on false statements."),
    RevocationReason.KEY_COMPROMISED: _l("The seal that was used for it is no longer trusted."),
    RevocationReason.HOLDER_ASKED: _l("The holder asked for it."),
    RevocationReason.REPLACED: _l("It was replaced by a new certificate."),
}

#: A second sentence for everybody; chosen, never written.
REMARKS = {
    RevocationRemark.NOT_THE_HOLDERS_FAULT: _l("The person whom it was issued to is not to blame."),
    RevocationRemark.NEW_ONE_FOLLOWS: _l("A new certificate will be issued."),
    RevocationRemark.OFFICE_ANSWERS: _l("The programme office answers questions about it."),
}

REFUSALS = {
    RefusalReason.PROOF_MISSING: _l("A proof is missing."),
    RefusalReason.PRACTICE_MISSING: _l("Practical work is missing."),
    RefusalReason.RESULT_UNCLEAR: _l("A result is not clear."),
    RefusalReason.PERSON_UNCLEAR: _l("It is not clear whom the certificate is for."),
}

REISSUE_REASONS = {
    ReissueReason.NAME_CHANGED: _l("My name is written differently now."),
    ReissueReason.MISTAKE: _l("There is a mistake on it."),
    ReissueReason.KEY_REVOKED: _l("The seal that was used for it is no longer trusted."),
}

BATCH_STATES = {
    BatchState.RUNNING: (_l("running"), "info"),
    BatchState.PAUSED: (_l("paused"), "warning"),
    BatchState.CANCELLED: (_l("cancelled"), "neutral"),
    BatchState.FINISHED: (_l("finished"), "success"),
}

BATCH_PROBLEMS = {
    BatchProblem.KEY_AWAY: _l("The signing key does not answer."),
    BatchProblem.KEY_MISSING: _l("Nobody signs: the last key was retired or revoked. Let another key sign."),
    BatchProblem.KEY_UNKNOWN: _l("The key that signs is not in the list of keys of the worker. Operators add it."),
}

DOCUMENTS_HELD_UP = {
    DocumentProblem.STORE: _l("The file store does not answer."),
    DocumentProblem.SEAL: _l("The key that seals documents cannot be used."),
    DocumentProblem.TIMESTAMP: _l("The timestamp authority does not answer."),
}

OUTCOMES = {
    Outcome.ISSUED: _l("Issued"),
    Outcome.HAD_ONE: _l("There was one already"),
    Outcome.HAS_LEVEL: _l("Holds this level already"),
    Outcome.FACT_MISSING: _l("Attendance or result is missing"),
    Outcome.PERSON_MISSING: _l("The name has not arrived"),
    Outcome.NAME_UNUSABLE: _l("The name cannot be printed: empty, too long, or with invisible characters"),
    Outcome.LEVEL_MISSING: _l("The level is unknown or its name cannot be printed"),
    Outcome.RUN_MISSING: _l("The course is unknown"),
    Outcome.HELD: _l("Waits for a release"),
    Outcome.REFUSED: _l("The release was refused"),
    Outcome.NOT_FOUND: _l("It no longer exists"),
}

SHOWN_RESULTS = {
    ShownResult.ATTENDANCE: _l("Teaching units attended"),
    ShownResult.QUIZZES: _l("Quizzes passed"),
    ShownResult.ASSIGNMENTS: _l("Assignments accepted"),
    ShownResult.RUBRICS: _l("Points of each assignment"),
}

TEMPLATE_FIELDS = {
    "title": _l("Title"),
    "sheet_text": _l("Sentence on the sheet"),
    "description": _l("Description"),
    "criteria": _l("What had to be done"),
    "shows_units": _l("Show teaching units"),
    "shows_modules": _l("Show the workshops"),
    "shown_results": _l("Results that are shown"),
    "alignments": _l("Comparable with"),
    "languages": _l("Second languages"),
}

#: What stands beside the name of who has endorsed somebody; nothing where the platform knows of no role.
ENDORSER_ROLES = {
    EndorserRole.TRAINER: _l("Trainer of the course"),
    EndorserRole.BOARD: _l("Board of the association"),
    EndorserRole.OFFICE: _l("Programme office"),
    EndorserRole.PERSON: "",
}

REVIEWS = {
    ReviewReason.ATTENDANCE_REOPENED: _l("The attendance was taken back for a correction."),
    ReviewReason.RESULT_REOPENED: _l("The result was taken back for a correction."),
}

KEY_PURPOSES = {
    KeyPurpose.CREDENTIALS: _l("Certificates and status lists"),
    KeyPurpose.WALLET: _l("Certificates in wallets"),
    KeyPurpose.DOCUMENTS: _l("Seal of the PDF files"),
}

KEY_ALGORITHMS = {
    KeyAlgorithm.ED25519: "Ed25519",
    KeyAlgorithm.P256: "P-256 (ES256)",
}

KEY_STATES = {
    KeyState.ANNOUNCED: (_l("announced"), "info"),
    KeyState.ACTIVE: (_l("signs"), "success"),
    KeyState.RETIRED: (_l("retired"), "neutral"),
    KeyState.REVOKED: (_l("revoked"), "danger"),
}

KEY_REASONS = {
    KeyRevocationReason.COMPROMISED: _l("Somebody else has had the key."),
    KeyRevocationReason.SUSPECTED: _l("Somebody else may have had the key."),
    KeyRevocationReason.UNFIT: _l("The key was made or kept against the rules."),
}

LIST_PURPOSES = {
    StatusPurpose.REVOCATION: _l("Revoked certificates"),
    StatusPurpose.SUSPENSION: _l("Suspended passes"),
    StatusPurpose.WALLET: _l("Certificates in wallets"),
}

PASS_STATES = {
    PassState.AWARDED: (_l("valid"), "success"),
    PassState.GRACE: (_l("valid, but only for some days more"), "warning"),
    PassState.SUSPENDED: (_l("suspended"), "warning"),
    PassState.ENDED: (_l("ended"), "neutral"),
}

#: One line of the history of a pass: what happened, and its tone.
PASS_CHANGES = {
    PassChangeKind.AWARDED: (_l("Awarded"), "success"),
    PassChangeKind.GRACE: (_l("Conditions no longer met"), "warning"),
    PassChangeKind.SUSPENDED: (_l("Suspended"), "danger"),
    PassChangeKind.RETURNED: (_l("Conditions met again"), "success"),
    PassChangeKind.ENDED: (_l("Ended"), "neutral"),
    PassChangeKind.RENEWED: (_l("Renewed"), "success"),
}

#: The settings of the pass rule, as their history names them.
RULE_WORDS = {
    "members_needed": _l("Members"),
    "level_codes": _l("Levels"),
    "validity_months": _l("Months"),
    "grace_days": _l("Days of grace"),
    "renewal_window_days": _l("Days before the end from which it can be renewed"),
    "reminder_days": _l("Reminders before the end, in days"),
    "certificate_months": _l("How many months a certificate counts"),
}

LOG_KINDS = {
    LogKind.CERTIFICATE_ISSUED: _l("certificate issued"),
    LogKind.CERTIFICATE_REISSUED: _l("certificate issued anew"),
    LogKind.CERTIFICATE_SUSPENDED: _l("certificate suspended"),
    LogKind.CERTIFICATE_RESTORED: _l("certificate counts again"),
    LogKind.CERTIFICATE_REVOKED: _l("certificate revoked"),
    LogKind.PASS_CHANGED: _l("pass changed"),
    LogKind.PASS_ISSUED: _l("pass issued"),
    LogKind.PASS_SUSPENDED: _l("pass suspended"),
    LogKind.PASS_RESTORED: _l("pass counts again"),
    LogKind.PASS_ENDED: _l("pass ended"),
    LogKind.KEY_ADDED: _l("key added"),
    LogKind.KEY_RETIRED: _l("key retired"),
    LogKind.KEY_REVOKED: _l("key revoked"),
}

TOKEN_MODES = {
    TokenMode.LIVE: (_l("Live"), _l("It works with real certificates.")),
    TokenMode.TEST: (_l("Test"), _l("It works with a key that nobody trusts. It touches nothing real.")),
}

TOKEN_SCOPES = {
    TokenScope.CREDENTIALS_ISSUE: _l("Fetch signed credentials; in test mode: sign test credentials"),
    TokenScope.CREDENTIALS_STATUS: _l("Revoke certificates"),
    TokenScope.CERTIFICATES_READ: _l("Read and export certificates, names included"),
    TokenScope.PASSES_READ: _l("Read the register of passes"),
}

WEBHOOK_STATES = {
    WebhookState.ACTIVE: (_l("active"), "success"),
    WebhookState.PAUSED: (_l("paused"), "neutral"),
    WebhookState.STOPPED: (_l("stopped: nobody answers"), "danger"),
}

WEBHOOK_EVENTS = {
    WebhookEvent.CERTIFICATE_ISSUED: _l("A certificate was issued"),
    WebhookEvent.CERTIFICATE_REVOKED: _l("A certificate was revoked"),
    WebhookEvent.PASS_CHANGED: _l("A pass has changed"),
    WebhookEvent.TEST: _l("Test message"),
}
