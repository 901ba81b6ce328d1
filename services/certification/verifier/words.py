"""The answers in plain words, from the catalogues of this service."""

from collections.abc import Callable, Mapping

from services.certification.adapters.wording import sentences
from services.certification.verifier.findings import Outcome, Question, Reason, Verdict

Words = Callable[[str], str]


def words_in(language: str) -> Words:
    """The translation of sentences into a language; English where there is no catalogue."""
    return sentences(language)


def questions(_: Words) -> Mapping[Question, str]:
    """What was asked."""
    return {
        Question.SIGNATURE: _("Is it genuine?"),
        Question.TIME: _("Is it within its time?"),
        Question.STATUS: _("Does it still count?"),
        Question.PAPER: _("Is the sheet unchanged?"),
        Question.NAME: _("Is it of this person?"),
    }


def outcomes(_: Words) -> Mapping[Outcome, str]:
    """The answers in one word."""
    return {Outcome.PASSED: _("Yes"), Outcome.FAILED: _("No"), Outcome.UNKNOWN: _("Not known")}


def verdicts(_: Words) -> Mapping[Verdict, str]:
    """All answers in one sentence."""
    return {
        Verdict.VALID: _("The certificate is valid."),
        Verdict.NOT_VALID: _("The certificate is not valid."),
        Verdict.CANNOT_TELL: _("It cannot be said whether the certificate is valid."),
    }


def reasons(_: Words) -> Mapping[Reason, str]:
    """Why an answer is what it is."""
    return _of_signatures(_) | _of_status(_) | _of_the_rest(_)


def _of_signatures(_: Words) -> dict[Reason, str]:
    return {
        Reason.SIGNED: _("The issuer has signed it, and nothing in it was changed since."),
        Reason.NOT_SIGNED: _("The signature does not fit: it was changed, or the issuer has not signed it."),
        Reason.NOT_THE_ISSUER: _("It was signed with a key that does not belong to the issuer it names."),
        Reason.KEYS_MISSING: _(
            "The keys of the issuer could not be read. Name a file with --did, or allow the network."
        ),
        Reason.KEY_UNKNOWN: _("The issuer does not know this key, or has withdrawn it."),
        Reason.FORM_UNKNOWN: _("This kind of credential cannot be checked here."),
    }


def _of_status(_: Words) -> dict[Reason, str]:
    return {
        Reason.IN_FORCE: _("The signed list of the issuer says that it counts."),
        Reason.REVOKED: _("The issuer has taken it back."),
        Reason.SUSPENDED: _("The issuer has suspended it."),
        Reason.NO_LIST_NAMED: _("It names no list; the issuer cannot take it back."),
        Reason.LIST_MISSING: _(
            "The list of the issuer could not be read. Name a file with --status, or allow the network."
        ),
        Reason.LIST_NOT_SIGNED: _("The list is not signed by the issuer, so nothing follows from it."),
        Reason.LIST_OUTDATED: _("The list is too old. Take one from today."),
    }


def _of_the_rest(_: Words) -> dict[Reason, str]:
    return {
        Reason.IN_TIME: _("Its time has begun and is not over."),
        Reason.NOT_YET: _("Its time has not begun yet."),
        Reason.EXPIRED: _("Its time is over."),
        Reason.SEALED: _("The electronic seal of the issuer holds over the whole file."),
        Reason.SEAL_BROKEN: _("The file was changed after it was sealed. Only believe what stands here."),
        Reason.SEAL_OF_ANOTHER: _("The file bears a seal that is not of this issuer. Only believe what stands here."),
        Reason.SEAL_MISSING: _("The file bears no seal: what it shows may differ from what was signed."),
        Reason.SEAL_NOT_NAMED: _(
            "The file was not changed since it was sealed. Whose seal it is is only known with --seal."
        ),
        Reason.NAME_FITS: _("The name fits."),
        Reason.NAME_DIFFERS: _("It was issued to somebody of another name."),
        Reason.NAME_NOT_THERE: _("It holds no name that could be compared."),
    }


def problems(_: Words) -> Mapping[str, str]:
    """Why a file cannot be checked at all."""
    return {
        "no_file": _("The file cannot be opened."),
        "too_large": _("The file is too large for a certificate."),
        "old_badge": _("This is a badge of an older kind (Open Badges 2.0). Check it on the page of its issuer."),
        "nothing_inside": _("There is no signed credential in this file."),
        "busy": _("The machine is busy. Try again."),
        "unreadable": _("The file is damaged, or is none that holds a credential."),
    }
