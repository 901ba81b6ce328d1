"""Public verification: the seal is really checked at the moment of asking; nothing about the asker is kept."""

from services.certification.operations.verification.again import look_up
from services.certification.operations.verification.checking import verify_document, verify_number
from services.certification.operations.verification.findings import (
    Carrier,
    CertificateVerification,
    ForeignVerification,
    PassVerification,
    SealFacts,
    UploadVerification,
)
from services.certification.operations.verification.foreign import verify_foreign
from services.certification.operations.verification.limits import compare_name, count_look, count_upload
from services.certification.operations.verification.statements import sign_statement
from services.certification.operations.verification.uploads import open_upload, verify_presented

__all__ = [
    "Carrier",
    "CertificateVerification",
    "ForeignVerification",
    "PassVerification",
    "SealFacts",
    "UploadVerification",
    "compare_name",
    "count_look",
    "count_upload",
    "look_up",
    "open_upload",
    "sign_statement",
    "verify_document",
    "verify_foreign",
    "verify_number",
    "verify_presented",
]
