"""The words for states and reasons, in the reader's language."""

from flask_babel import lazy_gettext as _l

from services.certification.domain.certificates import CertificateState, ReviewReason, RevocationReason
from services.certification.domain.passes import PassState
from services.certification.domain.verification import Check

STATES = {
    CertificateState.ISSUED: (_l("valid"), "success"),
    CertificateState.REVOKED: (_l("revoked"), "danger"),
}

REASONS = {
    RevocationReason.ISSUED_IN_ERROR: _l("It was issued by mistake."),
    RevocationReason.CONDITIONS_NOT_MET: _l("The conditions for it were not met."),
    RevocationReason.WRONG_PERSON: _l("It was issued for another person."),
    RevocationReason.HOLDER_ASKED: _l("The holder asked for it."),
    RevocationReason.REPLACED: _l("It was replaced by a new certificate."),
}

REVIEWS = {
    ReviewReason.ATTENDANCE_REOPENED: _l("The attendance was taken back for a correction."),
    ReviewReason.RESULT_REOPENED: _l("The result was taken back for a correction."),
}

PASS_STATES = {
    PassState.AWARDED: (_l("valid"), "success"),
    PassState.SUSPENDED: (_l("suspended"), "warning"),
    PassState.ENDED: (_l("ended"), "neutral"),
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
        _l("Yes. It was not revoked."),
        _l("No. The programme has revoked it."),
    ),
}
