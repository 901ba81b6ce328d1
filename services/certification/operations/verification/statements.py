"""What we say of a number at one moment, signed: a page that is kept can show later that we have said so."""

import base64
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.credential import timestamp
from services.certification.domain.keys import KeyPurpose
from services.certification.operations.keys import present_key
from services.certification.operations.verification.findings import CertificateVerification, PassVerification

#: Sets these tokens apart from credentials: no verifier of credentials takes one.
STATEMENT_TYPE = "memo-verification+jwt"


def sign_statement(
    session: Session, *, found: CertificateVerification | PassVerification, seal: Seal, now: datetime
) -> dict[str, str]:
    """The verdict and its facts as a token (JWS, EdDSA), with the address and the bytes of the key that signed it."""
    key = present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal, now=now)
    header = {"alg": "EdDSA", "typ": STATEMENT_TYPE, "kid": key.method}
    signed = f"{_encoded(header)}.{_encoded(_claims(found, seal=seal, now=now))}"
    signature = _base64url(key.signer.sign(signed.encode()))
    return {
        "token": f"{signed}.{signature}",
        "key": key.method,
        "public_key": _base64url(key.signer.public_bytes),
    }


def _claims(found: CertificateVerification | PassVerification, *, seal: Seal, now: datetime) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "iss": seal.issuer.did,
        "iat": int(now.timestamp()),
        "sub": seal.verification_url(found.number),
        "verdict": found.verdict.value,
        "checks": {result.check.value: result.has_passed for result in found.checks},
    }
    if isinstance(found, PassVerification):
        facts = {
            "association": found.association_name,
            "valid_from": found.valid_from.isoformat(),
            "valid_until": found.valid_until.isoformat(),
        }
    else:
        facts = {
            "title": found.level_title,
            "issued_on": found.issued_on.isoformat(),
            "credential_sha256": found.credential_sha256,
        }
    if found.seal.list_url and found.seal.list_signed_at:
        facts |= {"status_list": found.seal.list_url, "status_signed_at": timestamp(found.seal.list_signed_at)}
    return claims | facts


def _encoded(content: dict[str, Any]) -> str:
    return _base64url(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
