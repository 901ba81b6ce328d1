"""The words of verification, in the reader's language: verdicts, checks, what a file came in."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from services.certification.domain.verification import Check, Verdict
from services.certification.operations.verification.findings import Carrier, ForeignStatus


@dataclass(frozen=True)
class Answer:
    """A verdict in one word, its tone, and the sentence under it."""

    word: Any
    tone: str
    sentence: Any


OF_CERTIFICATES = {
    Verdict.VALID: Answer(_l("Valid"), "success", _l("This certificate is genuine and valid.")),
    Verdict.EXPIRED: Answer(_l("Expired"), "warning", _l("This certificate is genuine. Its time was over on %(day)s.")),
    Verdict.SUSPENDED: Answer(
        _l("Suspended"), "warning", _l("This certificate is genuine. At the moment it does not count.")
    ),
    Verdict.REVOKED: Answer(
        _l("Revoked"), "danger", _l("This certificate is revoked since %(day)s. It no longer counts.")
    ),
    Verdict.SUPERSEDED: Answer(
        _l("Replaced"), "warning", _l("A new certificate has taken its place on %(day)s. This one no longer counts.")
    ),
    Verdict.KEY_REVOKED: Answer(
        _l("Seal not reliable"),
        "danger",
        _l("The key of this seal was declared void on %(day)s. Ask the person for the new certificate."),
    ),
    Verdict.ERASED: Answer(
        _l("No longer checkable"),
        "neutral",
        _l("The programme has issued it. The person has had the data erased on %(day)s."),
    ),
    Verdict.NOT_GENUINE: Answer(
        _l("Not genuine"),
        "danger",
        _l("Something is wrong with this certificate. Do not rely on it, and tell the programme office."),
    ),
}

OF_PASSES = {
    Verdict.VALID: Answer(
        lazy_pgettext("of a pass", "Valid"),
        "success",
        _l("This association holds the MEMO-Pass. Enough of its members have completed the courses that it asks for."),
    ),
    Verdict.EXPIRED: Answer(
        lazy_pgettext("of a pass", "Expired"),
        "warning",
        _l("The time of this pass is over. The association had it, and has not renewed it yet."),
    ),
    Verdict.SUSPENDED: Answer(
        lazy_pgettext("of a pass", "Suspended"),
        "warning",
        _l(
            "The pass of this association is suspended at the moment. Its conditions are not met now; it may come back."
        ),
    ),
    Verdict.KEY_REVOKED: OF_CERTIFICATES[Verdict.KEY_REVOKED],
    Verdict.NOT_GENUINE: OF_CERTIFICATES[Verdict.NOT_GENUINE],
}

#: A file that is not what was issued, whatever lies inside it.
CHANGED_TEXT = Answer(
    _l("Not genuine"),
    "danger",
    _l(
        "This file is not what the programme has signed. Somebody has changed it. Do not rely on it: open the "
        "certificate by its number instead."
    ),
)
OF_CARRIERS = {
    Carrier.CHANGED: Answer(
        _l("Changed"),
        "danger",
        _l(
            "This PDF was changed after it was sealed. Do not rely on what it shows. What counts stands on the page of "
            "its number."
        ),
    ),
    Carrier.UNSEALED: Answer(
        _l("Not sealed"),
        "danger",
        _l(
            "This PDF does not bear the programme's seal, so anybody can have written it. Do not rely on what it "
            "shows. What counts stands on the page of its number."
        ),
    ),
    Carrier.PICTURE: Answer(
        _l("Only what stands here counts"),
        "warning",
        _l(
            "The certificate inside this picture is in force. The picture itself is not sealed: rely on this page "
            "alone."
        ),
    ),
}
CARRIED = {
    Carrier.SEALED: _l("Yes. The PDF bears the electronic seal of the programme, and nothing in it was changed since."),
    Carrier.AS_ISSUED: _l("Yes. The file is the very one that the programme has made."),
    Carrier.WALLET: _l("It comes from a wallet. It shows what the holder has chosen to show."),
}

#: Check -> the question, the answer if it was passed, the answer if not.
CHECKS = {
    Check.GENUINE: (
        _l("Is it genuine?"),
        _l("Yes. The electronic seal was checked just now. It was made with the key of the programme."),
        _l("No. The electronic seal does not fit. Do not rely on this certificate."),
    ),
    Check.UNCHANGED: (
        _l("Is it unchanged?"),
        _l("Yes. Every letter is as it was on the day of issue."),
        _l("No. Something in it was changed after it was issued."),
    ),
    Check.IN_FORCE: (
        _l("Does it still count?"),
        _l("Yes. Neither our record nor the signed public list says anything else."),
        _l("No. It does not count now."),
    ),
}

KEY_REASONS = {
    "compromised": _l("Somebody else has had this key. A seal made with it proves nothing any more."),
    "suspected": _l("Somebody else may have had this key. A seal made with it proves nothing any more."),
    "unfit": _l("This key was not kept as it must be. A seal made with it proves nothing any more."),
}

FOREIGN_STATUSES = {
    ForeignStatus.IN_FORCE: (_l("Yes. The issuer's list does not say that it was taken back."), "success"),
    ForeignStatus.REVOKED: (_l("No. The issuer has taken it back."), "danger"),
    ForeignStatus.NONE: (_l("The issuer keeps no list of what was taken back. Nobody can tell."), "warning"),
    ForeignStatus.UNKNOWN: (_l("We could not find out: the issuer's list could not be read."), "warning"),
}

#: The claims of a wallet's copy, as people call them.
CLAIMS = {
    "name": _l("Name"),
    "given_name": _l("Given name"),
    "family_name": _l("Family name"),
    "achievement_title": _l("Certificate"),
    "achievement_description": _l("What it stands for"),
    "learning_outcomes": _l("What was learnt"),
    "assessment_grade": _l("Result"),
    "expected_study_time": _l("Time of study"),
    "language_of_classes": _l("Language"),
    "issuing_authority": _l("Issued by"),
    "issuing_country": _l("Country"),
    "date_of_issuance": _l("Issued on"),
    "date_of_expiry": _l("Valid until"),
    "certificate_number": _l("Number"),
}
