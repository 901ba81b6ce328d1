"""Everything that a holder has chosen to show of one certificate, for the holder's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.domain.shares import is_open
from services.certification.models import Certificate, Endorsement, Evidence, Share
from services.certification.operations.shares import own_certificate
from services.certification.queries.endorsements import list_endorsements
from services.certification.queries.shares import list_evidence, list_shares, shows_name
from shared.kernel.actor import Actor


@dataclass(frozen=True)
class Presentation:
    """Choice, links, evidence and endorsements of a certificate."""

    certificate: Certificate
    shows_name: bool
    open_shares: Sequence[Share]
    ended_shares: Sequence[Share]
    evidence: Sequence[Evidence]
    endorsements: Sequence[Endorsement]


def read_presentation(session: Session, *, actor: Actor, number: str, now: datetime) -> Presentation:
    """What the holder shows. Raises NotFound for everybody else."""
    certificate = own_certificate(session, actor=actor, number=number)
    shares = list_shares(session, certificate_id=certificate.id)
    is_alive = {
        share.id: is_open(expires_at=share.expires_at, revoked_at=share.revoked_at, now=now) for share in shares
    }
    return Presentation(
        certificate=certificate,
        shows_name=shows_name(session, certificate_id=certificate.id),
        open_shares=[share for share in shares if is_alive[share.id]],
        ended_shares=[share for share in shares if not is_alive[share.id]],
        evidence=list_evidence(session, certificate_id=certificate.id),
        endorsements=list_endorsements(session, certificate_id=certificate.id),
    )
