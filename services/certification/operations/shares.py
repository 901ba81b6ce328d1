"""What holders show: the name on the public page, links with chosen details, evidence, and what links open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.endorsements import REQUEST_LIFETIME
from services.certification.domain.errors import AddressRefused, ListFull
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.shares import (
    EVIDENCE_LIMIT,
    SHARE_KEPT_FOR,
    SHARES_LIMIT,
    ShareDays,
    ShownDetails,
    is_open,
    is_web_address,
    new_share_token,
)
from services.certification.domain.text import clean_paragraphs, clean_text
from services.certification.models import Certificate, Endorsement, Evidence, HolderChoice, Share
from services.certification.operations.verification import CertificateVerification, verify_number
from services.certification.queries.certificates import get_certificate, get_certificate_by_id, lock_certificate
from services.certification.queries.endorsements import delete_unanswered, list_shown_endorsements
from services.certification.queries.shares import (
    count_open_shares,
    delete_evidence,
    delete_old_shares,
    find_share,
    list_evidence,
    lock_share,
)
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require_or_hide

_LABEL_LIMIT, _TITLE_LIMIT, _URL_LIMIT, _DESCRIPTION_LIMIT = 100, 150, 500, 1_000


@dataclass(frozen=True)
class SharedCertificate:
    """What somebody sees who has opened a link. Empty where the holder did not choose to show it."""

    found: CertificateVerification
    details: ShownDetails
    name: str | None
    expires_at: datetime
    evidence: Sequence[Evidence]
    endorsements: Sequence[Endorsement]


def own_certificate(session: Session, *, actor: Actor, number: str, locked: bool = False) -> Certificate:
    """The certificate, for its holder alone; for everybody else it is not found."""
    certificate = lock_certificate(session, number=number) if locked else get_certificate(session, number=number)
    require_or_hide(
        PERMISSIONS, actor, Permission.PRESENTATION_MANAGE, Facts(person_id=certificate.person_id), kind="certificate"
    )
    return certificate


def choose_name(session: Session, *, actor: Actor, number: str, shows_name: bool, now: datetime) -> None:
    """Show or hide the name on the public page of a certificate, from the commit on."""
    certificate = own_certificate(session, actor=actor, number=number)
    values = {"shows_name": shows_name, "changed_at": now}
    statement = insert(HolderChoice).values(certificate_id=certificate.id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["certificate_id"], set_=values))


def make_share(
    session: Session,
    *,
    actor: Actor,
    number: str,
    label: str,
    details: ShownDetails,
    days: ShareDays,
    now: datetime,
) -> Share:
    """A new link. Raises ListFull where too many are open, TextRefused for an unusable label."""
    certificate = own_certificate(session, actor=actor, number=number, locked=True)
    if count_open_shares(session, certificate_id=certificate.id, now=now) >= SHARES_LIMIT:
        raise ListFull(limit=SHARES_LIMIT)
    share = Share(
        id=new_id(),
        certificate_id=certificate.id,
        token=new_share_token(),
        label=clean_text(label, field="label", limit=_LABEL_LIMIT),
        shows_name=details.name,
        shows_results=details.results,
        shows_workshops=details.workshops,
        shows_evidence=details.evidence,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(share)
    return share


def end_share(session: Session, *, actor: Actor, number: str, share_id: UUID, now: datetime) -> None:
    """A link shows nothing any more from the commit on."""
    certificate = own_certificate(session, actor=actor, number=number)
    share = lock_share(session, share_id=share_id, certificate_id=certificate.id)
    share.revoked_at = share.revoked_at or now


def add_evidence(
    session: Session, *, actor: Actor, number: str, title: str, url: str, description: str, now: datetime
) -> None:
    """Add what came of the course. Raises ListFull, AddressRefused, TextRefused."""
    certificate = own_certificate(session, actor=actor, number=number, locked=True)
    if len(list_evidence(session, certificate_id=certificate.id)) >= EVIDENCE_LIMIT:
        raise ListFull(limit=EVIDENCE_LIMIT)
    if url and (len(url) > _URL_LIMIT or not is_web_address(url)):
        raise AddressRefused
    session.add(
        Evidence(
            id=new_id(),
            certificate_id=certificate.id,
            title=clean_text(title, field="title", limit=_TITLE_LIMIT),
            url=clean_text(url, field="url", limit=_URL_LIMIT) if url else "",
            description=clean_paragraphs(description, field="description", limit=_DESCRIPTION_LIMIT)
            if description.strip()
            else "",
            created_at=now,
        )
    )


def take_out_evidence(session: Session, *, actor: Actor, number: str, evidence_id: UUID) -> None:
    """Delete one thing."""
    certificate = own_certificate(session, actor=actor, number=number)
    delete_evidence(session, evidence_id=evidence_id, certificate_id=certificate.id)


def open_share(session: Session, *, token: str, seal: Seal, now: datetime) -> SharedCertificate:
    """What is seen behind a link, checked at this moment. Nobody records that it was opened.

    Raises NotFound where there is no such link, and just so where it is over: a stranger learns no more.
    """
    share = find_share(session, token=token)
    if share is None or not is_open(expires_at=share.expires_at, revoked_at=share.revoked_at, now=now):
        raise NotFound(kind="share")
    certificate = get_certificate_by_id(session, certificate_id=share.certificate_id)
    found = verify_number(session, typed=certificate.number, seal=seal, now=now)
    if not isinstance(found, CertificateVerification):
        raise NotFound(kind="share")
    details = ShownDetails(
        name=share.shows_name,
        results=share.shows_results,
        workshops=share.shows_workshops,
        evidence=share.shows_evidence,
    )
    return SharedCertificate(
        found=found,
        details=details,
        name=(certificate.full_name or None) if details.name else None,
        expires_at=share.expires_at,
        evidence=list_evidence(session, certificate_id=certificate.id) if details.evidence else (),
        endorsements=list_shown_endorsements(session, certificate_id=certificate.id) if details.evidence else (),
    )


def sweep_shares(session: Session, *, now: datetime) -> None:
    """Delete links that are over for long, and requests that nobody has answered."""
    delete_old_shares(session, before=now - SHARE_KEPT_FOR)
    delete_unanswered(session, asked_before=now - REQUEST_LIFETIME)
