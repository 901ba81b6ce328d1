"""What a refusal says to the person: its class -> a translated sentence, and the form's field that it belongs to."""

from flask_babel import lazy_gettext as _l

from services.certification.domain import errors
from shared.kernel.errors import DomainError, NotFound
from shared.web.sentences import Sentence

SENTENCES: dict[type[DomainError], Sentence] = {
    errors.TextRefused: Sentence(
        _l("This text cannot be stored: it is empty, too long, or has a character that cannot be seen."), field="note"
    ),
    errors.StatusListFull: Sentence(_l("This list is full. Please try again.")),
    errors.UploadTooLarge: Sentence(
        _l("This file is too large to be a certificate: %(limit_kib)s KiB at most. Choose the file credential.json."),
        field="file",
    ),
    errors.UploadUnreadable: Sentence(
        _l(
            "This is no certificate of this programme. Choose the file credential.json that was downloaded with the "
            "certificate, or type the number from the paper."
        ),
        field="file",
    ),
    errors.PassRuleRefused: Sentence(_l("These numbers make no sensible rule. Please check them.")),
    errors.PassNotRenewable: Sentence(
        _l("The pass cannot be renewed now: it is too early, or the conditions are not met.")
    ),
    errors.CredentialRefused: Sentence(
        _l("This is no certificate that the programme has issued. Certificates are issued by courses alone.")
    ),
    errors.SigningKeyUnknown: Sentence(
        _l("The signing key %(key_code)s cannot be used. Operators have to look at it.")
    ),
    NotFound: Sentence(_l("We cannot find this. Check the address, or go back and open it from the list.")),
}
