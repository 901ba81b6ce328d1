"""The PDF of a certificate: rendered after it was issued, stored under a key made from its content."""

import hashlib
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.renderer import Page, Workshop, render
from services.certification.adapters.seal import Seal
from services.certification.models import Certificate
from services.certification.operations.certificates import read_certificate
from services.certification.queries.certificates import get_certificate_by_id
from shared.documents import DocumentMissing, Documents
from shared.kernel.actor import Actor

_PDF = "application/pdf"


def render_certificate(session: Session, *, certificate_id: UUID, documents: Documents, seal: Seal) -> None:
    """Render the PDF and store it, unless that has been done. The same certificate gives the same bytes and key."""
    certificate = get_certificate_by_id(session, certificate_id=certificate_id)
    if certificate.document_key is not None:
        return
    pdf = render(_page(certificate, seal)).pdf
    digest = hashlib.sha256(pdf).hexdigest()
    key = f"certificates/{certificate.id}/{digest}.pdf"
    documents.put(key, pdf, content_type=_PDF)
    certificate.document_key, certificate.document_sha256 = key, digest


def read_document(
    session: Session, *, actor: Actor, number: str, documents: Documents, seal: Seal
) -> tuple[bytes, str]:
    """The PDF and its file name, for the holder or the office. One that is not stored yet is rendered on the spot."""
    certificate = read_certificate(session, actor=actor, number=number)
    name = f"{certificate.level_code}-{certificate.number}.pdf"
    if certificate.document_key is None:
        return render(_page(certificate, seal)).pdf, name
    try:
        return documents.get(certificate.document_key), name
    except DocumentMissing:
        return render(_page(certificate, seal)).pdf, name


def _page(certificate: Certificate, seal: Seal) -> Page:
    return Page(
        number=certificate.number,
        full_name=certificate.full_name,
        language=certificate.language,
        programme=seal.programme_name,
        issuer=seal.issuer.name,
        level_title=certificate.level_title,
        workshops=tuple(Workshop(title=module["title"], units=module["units"]) for module in certificate.modules),
        units_attended=certificate.units_attended,
        units_offered=certificate.units_offered,
        carrier=certificate.carrier_name,
        town=certificate.town,
        starts_on=certificate.starts_on,
        ends_on=certificate.ends_on,
        issued_on=certificate.issued_on,
        issued_at=certificate.issued_at,
        verification_url=seal.verification_url(certificate.number),
        credential=certificate.credential,
    )
