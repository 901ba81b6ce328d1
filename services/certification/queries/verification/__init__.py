"""Everything that public verification asks about a number."""

from services.certification.queries.verification.known import KnownCertificate, KnownKey, KnownPass, KnownStatus
from services.certification.queries.verification.statements import (
    FINGERPRINT,
    find_known_certificate,
    find_known_pass,
    find_number_of_copy,
    list_commitments,
    list_known_keys,
)

__all__ = [
    "FINGERPRINT",
    "KnownCertificate",
    "KnownKey",
    "KnownPass",
    "KnownStatus",
    "find_known_certificate",
    "find_known_pass",
    "find_number_of_copy",
    "list_commitments",
    "list_known_keys",
]
