"""Refusals of the certification service. Sentences for them are in `web/sentences.py`."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.kernel.errors import Conflict, Refused, Unavailable


@dataclass(eq=False)
class TextRefused(Refused):
    """A text that must not be signed or stored: empty, too long, or with characters that cannot be seen."""

    field: str
    reason: str


@dataclass(eq=False)
class StatusListFull(Refused):
    """A status list has no free index left; a new list has to be opened."""

    list_code: str


@dataclass(eq=False)
class UploadTooLarge(Refused):
    """A file for verification is larger than a credential can be."""

    limit_kib: int


@dataclass(eq=False)
class UploadMissing(Refused):
    """Neither a file nor a text was handed in for verification."""


@dataclass(eq=False)
class UploadUnreadable(Refused):
    """What was handed in for verification is no credential that this service can read."""

    reason: str


@dataclass(eq=False)
class UploadWithoutCredential(UploadUnreadable):
    """The file could be read, and there is no credential in it: a scan, a printed page, a picture."""


@dataclass(eq=False)
class UploadUnknown(UploadUnreadable):
    """The file says that it is ours, and nothing of the kind was issued."""


@dataclass(eq=False)
class UploadOfOldForm(UploadUnreadable):
    """A badge of an older version (2.0), which is checked at its issuer's own page."""


@dataclass(eq=False)
class UploadsBusy(Refused):
    """Too many files are being checked at the moment."""


@dataclass(eq=False)
class PassRuleRefused(Refused):
    """A setting of the pass rule lies outside what makes sense."""

    field: str


@dataclass(eq=False)
class PassNotRenewable(Refused):
    """A pass is renewed only shortly before its end or after it, and only while its conditions are met."""

    reason: str


@dataclass(eq=False)
class EntryRefused(Refused):
    """A field of an entry in a public register holds what cannot be published."""

    field: str


@dataclass(eq=False)
class MultiplierNotCertified(Refused):
    """Only who holds a valid multiplier certificate can stand in the register of multipliers."""


@dataclass(eq=False)
class CredentialRefused(Refused):
    """A machine asked to sign something that is not a certificate of this programme."""

    reason: str


@dataclass(eq=False)
class SigningKeyUnknown(Unavailable):
    """The key that signs is not in this process's keyring, or its name stands for another key there."""

    key_code: str


@dataclass(eq=False)
class SigningKeyMissing(Unavailable):
    """No key signs for a purpose now: the last one was revoked, and no other has taken its place."""

    purpose: str


@dataclass(eq=False)
class SigningKeyUnusable(Unavailable):
    """A signing key is missing, is of the wrong kind, or cannot be reached; `reason` is for operators."""

    reason: str


@dataclass(eq=False)
class MessageTooLong(SigningKeyUnusable):
    """The place where a key lies signs no message of this length, whenever it is asked."""


@dataclass(eq=False)
class SigningKeyStillGood(Refused):
    """What a key has signed is issued anew only where the key was declared void."""

    key_code: str


@dataclass(eq=False)
class SigningKeyKnown(Conflict):
    """A key of this name, or the same key under another name, was announced before."""

    key_code: str


@dataclass(eq=False)
class SigningKeyTooFresh(Refused):
    """A key was announced so lately that those who keep a copy of our keys cannot know it yet."""

    announced_at: datetime
    minutes: int


@dataclass(eq=False)
class PlaceholderUnknown(Refused):
    """A text leaves something open that nothing fills: a word in braces other than {level} and {units}."""

    placeholder: str


@dataclass(eq=False)
class AlignmentRefused(Refused):
    """What should name a level of a framework or a skill is no identifier that its publisher gives out."""

    framework: str
    identifier: str


@dataclass(eq=False)
class DraftMissing(Refused):
    """There is no draft to be published, or somebody has published or thrown it away meanwhile."""


@dataclass(eq=False)
class ReissueImpossible(Refused):
    """A certificate cannot be made anew: it no longer counts, or what it rests on is not known here."""

    reason: str


@dataclass(eq=False)
class ReissueAlreadyAsked(Refused):
    """The holder has asked for this certificate already, and nobody has answered yet."""


@dataclass(eq=False)
class NothingToIssue(Refused):
    """A batch was asked for, and no place is due."""


@dataclass(eq=False)
class TooManyDocuments(Refused):
    """More certificates than one download can hold."""

    limit: int


@dataclass(eq=False)
class WalletRefused(Refused):
    """What a wallet's software asked for is refused; `error` is the name that its standard gives the refusal."""

    error: str
    reason: str


@dataclass(eq=False)
class NameNotDivided(Refused):
    """The two parts of a name are not the whole name on the certificate, or hold more than it."""


@dataclass(eq=False)
class NameNotConfirmed(Refused):
    """Whoever erases a person types the person's name; another name was typed."""


@dataclass(eq=False)
class NothingToErase(Refused):
    """All certificates of a person were erased before, or there are none."""


@dataclass(eq=False)
class CertificateNotInForce(Refused):
    """Only a certificate that counts is put into a wallet."""


@dataclass(eq=False)
class ProofRefused(Refused):
    """The sizes of the log that were to be compared are in no order, or one is beyond the log."""

    first: int
    second: int


@dataclass(eq=False)
class DocumentStoreAway(Unavailable):
    """A document exists, but the store of files does not answer."""


class TokenScopesRefused(Refused):
    """A token that could do nothing, or a test token that should do more than test."""


@dataclass(eq=False)
class TokenPeriodRefused(Refused):
    """A token that would count too short or too long; `last_on` is the last day that can be chosen."""

    last_on: date


class WebhookEventsRefused(Refused):
    """A webhook that asks for no news."""


class WebhookAddressRefused(Refused):
    """An address to which no message may be sent."""


@dataclass(eq=False)
class SheetNotMade(Refused):
    """A sheet for the office could not be set; nothing is lost, it can be asked for again."""


@dataclass(eq=False)
class CredentialMalformed(Refused):
    """A draft that breaks rules of the data model; `problems` names the members that do."""

    problems: tuple[str, ...]


@dataclass(eq=False)
class ListFull(Refused):
    """As many links, pieces of evidence or requests as one certificate can have; one has to go first."""

    limit: int


@dataclass(eq=False)
class AddressRefused(Refused):
    """Evidence can link to the web alone."""


@dataclass(eq=False)
class OwnEndorsement(Refused):
    """Nobody endorses themselves."""


class ExportRefused(Refused):
    """Only a certificate that counts is exported: the other form could not say that it was revoked."""
