"""Sealing a PDF: an invisible PAdES B-B signature in one more revision of the file.

The same file, key and instant give the same bytes where the key signs deterministically (RFC 6979): neither a random
file identifier nor the clock comes in. Nothing that was there before is written anew, so PDF/A-3a and PDF/UA-1 stay.
"""

import hashlib
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from services.certification.adapters.pdf_seal.identity import SealIdentity

FIELD_NAME = "MEMO-Siegel"


class StillWriter(IncrementalPdfFileWriter):
    """Adds a revision that depends on nothing but the file: no random identifier, no date of change in the metadata."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        kept, last = prev.trailer["/ID"]
        changed = hashlib.sha256(last.original_bytes if hasattr(last, "original_bytes") else bytes(last)).digest()[:16]
        return generic.ArrayObject([kept, generic.ByteStringObject(changed)])

    def _update_meta(self) -> None:
        """The metadata say when the document was made, which a seal does not change."""


def seal_pdf(pdf: bytes, *, identity: SealIdentity, field_label: str, at: datetime) -> bytes:
    """The file with one more revision that holds the seal.

    `field_label` is what a screen reader says of the field; `at` is when the seal claims to have been made.
    """
    field = SigFieldSpec(FIELD_NAME, readable_field_name=field_label)
    steps = PdfCMSEmbedder(new_field_spec=field).write_cms(FIELD_NAME, StillWriter(BytesIO(pdf)))
    next(steps)
    steps.send(
        SigObjSetup(
            SignatureObject(
                timestamp=at,
                name=identity.subject,
                subfilter=SigSeedSubFilter.PADES,
                bytes_reserved=identity.container_digits,
            )
        )
    )
    prepared, output = steps.send(SigIOSetup(md_algorithm="sha256", output=BytesIO()))
    steps.send(identity.container_for(prepared.document_digest))
    return bytes(output.getbuffer())
