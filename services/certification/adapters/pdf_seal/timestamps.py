"""Timestamps of an independent authority, added behind the seal as further revisions of the same file.

What was sealed stays the beginning of the file, so a timestamp can come at once or weeks later, when the authority
answers again. A document timestamp that covers the seal makes it PAdES B-T; with the certificates and the proofs that
none was revoked before it, B-LTA (ETSI EN 319 142-1, 6.3).
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation import add_validation_info
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    CRLFetchError,
    CRLValidationError,
    OCSPFetchError,
    OCSPValidationError,
    PathError,
    ValidationError,
)

from services.certification.adapters.pdf_seal.identity import SealIdentity
from services.certification.adapters.pdf_seal.sealing import StillWriter
from services.certification.adapters.timestamp_authority import TimestampAuthority

#: Everything that the way to an authority, its answer, or the proofs about certificates can fail with.
_FAILURES = (
    OSError,
    ValueError,
    PdfError,
    PathError,
    ValidationError,
    CRLFetchError,
    CRLValidationError,
    OCSPFetchError,
    OCSPValidationError,
)


class TimestampUnavailable(Exception):
    """The authority gave no timestamp, or a proof that has to go with it could not be had."""


def add_timestamp(
    pdf: bytes, *, identity: SealIdentity, authority: TimestampAuthority, field_label: str, number: int
) -> bytes:
    """The sealed file with a timestamp behind it. `number` counts the timestamps. Raises TimestampUnavailable."""
    try:
        return _stamped(pdf, identity, authority, f"{field_label} {number}")
    except _FAILURES as error:
        raise TimestampUnavailable(f"{type(error).__name__}: {error}"[:300]) from error


def _stamped(pdf: bytes, identity: SealIdentity, authority: TimestampAuthority, field: str) -> bytes:
    proofs = None
    if authority.trust_file is not None:
        proofs = ValidationContext(
            trust_roots=list(_roots(authority.trust_file)),
            other_certs=list(identity.chain),
            allow_fetching=True,
            revocation_mode="hard-fail",
        )
        seal = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
        pdf = add_validation_info(seal, proofs, output=BytesIO()).getvalue()
    output = BytesIO()
    stamper = PdfTimeStamper(_client(authority), field_name=field, readable_field_name=field)
    stamper.timestamp_pdf(StillWriter(BytesIO(pdf)), "sha256", validation_context=proofs, output=output)
    return output.getvalue()


@cache
def _client(authority: TimestampAuthority) -> TimeStamper:
    """One per process: pyHanko learns the size of an authority's answers from the first."""
    parts = urlsplit(authority.url)
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    user = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return RequestsHTTPTimeStamper(bare, timeout=authority.timeout, auth=user)


@cache
def _roots(path: Path) -> tuple[x509.Certificate, ...]:
    return tuple(x509.Certificate.load(der) for _, _, der in pem.unarmor(path.read_bytes(), multiple=True))
