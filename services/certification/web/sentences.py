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
        _l("This file is too large to be a certificate: %(limit_kib)s KiB at most."), field="file"
    ),
    errors.UploadMissing: Sentence(_l("Choose a file, or paste its content as text."), field="file"),
    errors.UploadUnreadable: Sentence(
        _l(
            "This file cannot be read as a certificate: it is damaged, or something else. Choose the PDF, the picture "
            "or the file credential.json as they were downloaded, or type the number from the paper."
        ),
        field="file",
    ),
    errors.UploadWithoutCredential: Sentence(
        _l(
            "There is no electronic certificate in this file: it may be a scan or a print. Type the number from the "
            "paper, or scan its code."
        ),
        field="file",
    ),
    errors.UploadUnknown: Sentence(
        _l("This file says that it is from this programme, but we have not issued it. Do not rely on it."), field="file"
    ),
    errors.UploadOfOldForm: Sentence(
        _l("This badge has an older form (Open Badges 2.0). Only its issuer can check it."), field="file"
    ),
    errors.UploadsBusy: Sentence(
        _l("Many files are being checked right now. Please try again in a minute."), field="file"
    ),
    errors.PassRuleRefused: Sentence(_l("These numbers make no sensible rule. Please check them.")),
    errors.PassNotRenewable: Sentence(
        _l("The pass cannot be renewed now: it is too early, or the conditions are not met.")
    ),
    errors.EntryRefused: Sentence(
        _l(
            "One of the fields holds what cannot be published. A website begins with https://, and nothing may be too "
            "long."
        )
    ),
    errors.MultiplierNotCertified: Sentence(
        _l("Only people with a valid multiplier certificate can stand in this register.")
    ),
    errors.CredentialRefused: Sentence(
        _l("This is no certificate that the programme has issued. Certificates are issued by courses alone.")
    ),
    errors.SigningKeyStillGood: Sentence(
        _l("The key %(key_code)s is not revoked: what it has signed is good, and nothing has to be issued anew.")
    ),
    errors.SigningKeyUnknown: Sentence(
        _l(
            "The signing key %(key_code)s is not in the list of keys of this server, or stands for another key there. "
            "Nothing was changed. Operators have to look at it."
        )
    ),
    errors.SigningKeyMissing: Sentence(
        _l("Nobody signs at the moment: the last key was retired or revoked. The office has to let another key sign.")
    ),
    errors.SigningKeyUnusable: Sentence(
        _l(
            "The signing key cannot be reached at the moment. Nothing was signed and nothing was changed. Please try "
            "again in a few minutes."
        )
    ),
    errors.SigningKeyKnown: Sentence(_l("The key %(key_code)s is known already, perhaps under another name.")),
    errors.SigningKeyTooFresh: Sentence(
        _l(
            "This key was announced on %(announced_at)s. It may sign %(minutes)s minutes later, when everybody who "
            "checks certificates can know it."
        )
    ),
    errors.ExportRefused: Sentence(_l("This certificate no longer counts, so it is not exported.")),
    errors.TokenScopesRefused: Sentence(
        _l("Choose at least one thing that the token may do. A test token can issue and check test credentials only."),
        field="scopes",
    ),
    errors.TokenPeriodRefused: Sentence(
        _l("Choose a day from tomorrow on, and %(last_on)s at the latest."), field="expires_on"
    ),
    errors.WebhookEventsRefused: Sentence(_l("Choose at least one kind of news."), field="events"),
    errors.WebhookAddressRefused: Sentence(
        _l("Messages go to public addresses only. The address begins with https:// and has no user name in it."),
        field="url",
    ),
    errors.CredentialMalformed: Sentence(_l("This draft breaks rules of the data model. The answer names which ones.")),
    errors.ProofRefused: Sentence(
        _l(
            "The log cannot be compared at these sizes (%(first)s and %(second)s). Start with 1 or more, put the "
            "smaller one first, and ask for nothing beyond the last signed head."
        )
    ),
    errors.WalletRefused: Sentence(_l("The app could not get the certificate. Make a new code, and try again.")),
    errors.NameNotDivided: Sentence(
        _l(
            "The two parts together are not the name on the certificate. Please divide the name, and change nothing "
            "else."
        ),
        field="family_name",
    ),
    errors.NameNotConfirmed: Sentence(
        _l("This is not the name of this person. Nothing was erased. Compare it letter by letter."), field="name"
    ),
    errors.NothingToErase: Sentence(_l("There is nothing left to be erased.")),
    errors.CertificateNotInForce: Sentence(_l("This certificate no longer counts, so it cannot be put into a wallet.")),
    errors.DocumentStoreAway: Sentence(
        _l("Our file store does not answer at the moment. Your certificate is safe. Please try again in some minutes.")
    ),
    errors.PlaceholderUnknown: Sentence(
        _l("Nothing fills %(placeholder)s. Write {level} for the name of the level or {units} for its teaching units.")
    ),
    errors.AlignmentRefused: Sentence(
        _l(
            "“%(identifier)s” is no published identifier. ESCO skills look like "
            "http://data.europa.eu/esco/skill/ followed by 36 characters; copy it from the ESCO portal."
        ),
        field="skills",
    ),
    errors.DraftMissing: Sentence(_l("There is no draft any more. Somebody has published it or thrown it away.")),
    errors.ReissueImpossible: Sentence(
        _l("This certificate cannot be made anew: it no longer counts, or name, course or results are not known here.")
    ),
    errors.ReissueAlreadyAsked: Sentence(_l("You have asked already. The programme office will answer you here.")),
    errors.NothingToIssue: Sentence(_l("There is nothing to be issued.")),
    errors.SheetNotMade: Sentence(_l("The file could not be made. Please try again.")),
    errors.TooManyDocuments: Sentence(
        _l("These are too many for one file: %(limit)s at most. Choose a course or a shorter time.")
    ),
    errors.ListFull: Sentence(_l("There are %(limit)s already. Take one out first.")),
    errors.AddressRefused: Sentence(
        _l("Please write a whole address of the web, such as https://example.org/report."), field="url"
    ),
    errors.OwnEndorsement: Sentence(_l("Nobody can recommend themselves. Send the link to the person whom you ask.")),
    NotFound: Sentence(_l("We cannot find this. Check the address, or go back and open it from the list.")),
}
