"""The electronic seal of a PDF (PAdES): whether it holds over the file as it is, and whose key made it."""

from io import BytesIO
from typing import Any

from asn1crypto import parser, x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from services.certification.adapters.reading.child import Unreadable

EXPECTED = (
    PdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    OverflowError,
    NotImplementedError,
    SignatureValidationError,
    PathError,
    ValidationError,
    OSError,
)

#: What the library loads at its first use: made here, while this process may still open files.
_WARM = ec.ECDSA(SHA256())

_MOST_SEALS = 4
#: Changes after sealing that add a time stamp or the data of its long-term check, and show nothing else to a reader.
_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)


def read(_facts: dict[str, Any], data: bytes) -> dict[str, Any]:
    """{"seals": [{"is_whole", "public_point", "subject", "at"}]}, one for each seal. Raises Unreadable."""
    reader = PdfFileReader(BytesIO(data))
    signatures = reader.embedded_regular_signatures
    if len(signatures) > _MOST_SEALS:
        raise Unreadable("too_costly")
    # Whether the key is ours is asked of our own record of keys, so no authority is trusted or fetched here.
    context = ValidationContext(trust_roots=[], allow_fetching=False)
    seals = [_describe(signature, _validated(signature, context)) for signature in signatures]
    # What stands behind the last seal or time stamp is covered by none of them.
    is_covered = any(_end_of(signature) == len(data) for signature in reader.embedded_signatures)
    return {"seals": [seal | {"is_whole": seal["is_whole"] and is_covered} for seal in seals]}


def _end_of(signature: EmbeddedPdfSignature) -> int:
    """The place behind the last byte that a seal covers."""
    covered = [int(part) for part in signature.byte_range]
    return covered[-2] + covered[-1]


def _validated(signature: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    """Validation without an event loop: a loop opens sockets, which this process may not, and nothing here waits."""
    validation = async_validate_pdf_signature(signature, context)
    try:
        validation.send(None)
    except StopIteration as done:
        found: PdfSignatureStatus = done.value
        return found
    validation.close()
    raise Unreadable("damaged")


def _describe(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> dict[str, Any]:
    at = status.signer_reported_dt
    is_whole = bool(status.intact and status.valid) and status.modification_level in _HARMLESS
    return {
        "is_whole": is_whole and _is_padded_with_nothing(bytes(signature.pkcs7_content)),
        "public_point": _public_point(status.signing_cert),
        "subject": status.signing_cert.subject.human_friendly[:300],
        "at": at.isoformat() if at else None,
    }


def _public_point(certificate: x509.Certificate) -> str | None:
    """The compressed point of a key on P-256 as hex, as a Multikey holds it; None for keys of another kind."""
    public = certificate.public_key
    if public.algorithm != "ec" or public.curve != ("named", "secp256r1"):
        return None
    point = public["public_key"].native
    return (bytes([2 + (point[64] & 1)]) + point[1:33]).hex()


def _is_padded_with_nothing(content: bytes) -> bool:
    """Whether the room that was kept for the seal holds the seal and zeros: it is the one part that no seal covers."""
    header = parser.peek(content)
    return not content[header:].strip(b"\0")
