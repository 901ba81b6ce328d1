"""Refusals of the certification service. Sentences for them are in `web/sentences.py`."""

from dataclasses import dataclass

from shared.kernel.errors import Refused


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
class UploadUnreadable(Refused):
    """What was handed in for verification is no credential that this service can read."""

    reason: str


@dataclass(eq=False)
class PassRuleRefused(Refused):
    """A setting of the pass rule lies outside what makes sense."""

    field: str


@dataclass(eq=False)
class PassNotRenewable(Refused):
    """A pass is renewed only shortly before its end or after it, and only while its conditions are met."""

    reason: str


@dataclass(eq=False)
class CredentialRefused(Refused):
    """A machine asked to sign something that is not a certificate of this programme."""

    reason: str


@dataclass(eq=False)
class SigningKeyUnknown(Refused):
    """The name of the signing key stands for another key, or for one that no longer signs."""

    key_code: str
