"""PAdES: a PDF is sealed with our key, and later timestamps can be added without changing what was sealed."""

from services.certification.adapters.pdf_seal.identity import SealIdentity, open_identity
from services.certification.adapters.pdf_seal.sealing import seal_pdf
from services.certification.adapters.pdf_seal.timestamps import (
    TimestampUnavailable,
    add_timestamp,
)

__all__ = [
    "SealIdentity",
    "TimestampUnavailable",
    "add_timestamp",
    "open_identity",
    "seal_pdf",
]
