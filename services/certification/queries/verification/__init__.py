"""Everything that public verification asks about a number."""

from services.certification.queries.verification.fingerprints import FINGERPRINTS
from services.certification.queries.verification.known import KnownCertificate, KnownKey, KnownPass, KnownStatus
from services.certification.queries.verification.statements import (
    find_known_certificate,
    find_known_pass,
    find_number_of_copy,
    list_commitments,
    list_known_keys,
)

__all__ = [
    "FINGERPRINTS",
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
