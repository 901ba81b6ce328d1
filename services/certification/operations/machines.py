"""What machines of the office may do through the VC-API."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.certificates import RevocationReason
from services.certification.domain.errors import CredentialRefused
from services.certification.domain.numbers import read_number
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations.certificates import revoke_certificate
from services.certification.queries.certificates import find_certificate
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require


def hand_out_credential(session: Session, *, actor: Actor, draft: dict[str, Any], seal: Seal) -> str:
    """The signed credential of the certificate that the draft names. Raises CredentialRefused.

    Nothing is composed from the draft: certificates come from courses, and what was signed never changes.
    """
    require(PERMISSIONS, actor, Permission.CREDENTIAL_ISSUE, Facts())
    certificate = find_certificate(session, number=_number_in(draft.get("id"), seal))
    if certificate is None:
        raise CredentialRefused(reason="unknown")
    return certificate.credential


def revoke_credential(
    session: Session, *, actor: Actor, credential_id: str, reason: RevocationReason, seal: Seal, now: datetime
) -> None:
    """Revoke the certificate of a credential id. Raises CredentialRefused and what revoking raises."""
    require(PERMISSIONS, actor, Permission.CREDENTIAL_STATUS, Facts())
    number = _number_in(credential_id, seal)
    if find_certificate(session, number=number) is None:
        raise CredentialRefused(reason="unknown")
    revoke_certificate(session, actor=actor, number=number, reason=reason, note="VC-API", seal=seal, now=now)


def _number_in(credential_id: object, seal: Seal) -> str:
    prefix = seal.verification_url("")
    if not isinstance(credential_id, str) or not credential_id.startswith(prefix):
        raise CredentialRefused(reason="foreign")
    number = read_number(credential_id.removeprefix(prefix))
    if number is None:
        raise CredentialRefused(reason="unknown")
    return number
