"""What stands on the sheet of a certificate or pass: read from what was frozen when it was issued."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.adapters.pdf_seal import SealIdentity
from services.certification.adapters.renderer import (
    Page,
    PassPage,
    Result,
    SealNote,
    Workshop,
    render,
    render_pass,
)
from services.certification.adapters.seal import Seal
from services.certification.domain.documents import DocumentKind
from services.certification.domain.templates import Wording
from services.certification.models import AssociationPass, Certificate, Document, PassCredential
from services.certification.queries.documents import get_pass_credential, hold_certificate
from services.certification.queries.templates import get_template, wording_of


@dataclass(frozen=True)
class RenderedSheet:
    """A PDF that is not sealed yet, the letters that it could not show, and when its subject was issued."""

    pdf: bytes
    missing_letters: str
    issued_at: datetime


def render_subject(session: Session, document: Document, *, identity: SealIdentity, seal: Seal) -> RenderedSheet:
    """The sheet of a document's subject. Raises NotFound."""
    note = SealNote(identity.subject, identity.issuer, identity.is_demonstration)
    if document.kind is DocumentKind.CERTIFICATE:
        certificate = hold_certificate(session, certificate_id=document.subject_id)
        rendered = render(certificate_page(session, certificate, second=document.second_language, note=note, seal=seal))
        return RenderedSheet(rendered.pdf, rendered.missing_letters, certificate.issued_at)
    credential = get_pass_credential(session, credential_id=document.subject_id)
    rendered = render_pass(pass_page(session, credential, second=document.second_language, note=note, seal=seal))
    return RenderedSheet(rendered.pdf, rendered.missing_letters, credential.issued_at)


def certificate_page(
    session: Session, certificate: Certificate, *, second: str, note: SealNote | None, seal: Seal
) -> Page:
    """Everything on the sheet of a certificate, in the words of the template that it was issued with."""
    wording = _wording(session, certificate)
    modules = certificate.modules if wording is None or wording.shows_modules else []
    return Page(
        number=certificate.number,
        full_name=certificate.full_name,
        language=certificate.language,
        second_language=second,
        programme=seal.programme_name,
        issuer=seal.issuer.name,
        level_title=certificate.level_title,
        statement=wording.sheet_text if wording else "",
        workshops=tuple(Workshop(title=module["title"], units=module["units"]) for module in modules),
        results=tuple(
            Result(result["title"], f"{result['points']} / {result['points_most']}")
            for result in certificate.rubric_results or ()
        ),
        units_attended=certificate.units_attended,
        units_offered=certificate.units_offered,
        shows_units=wording is None or wording.shows_units,
        carrier=certificate.carrier_name,
        town=certificate.town,
        starts_on=certificate.starts_on,
        ends_on=certificate.ends_on,
        issued_on=certificate.issued_on,
        issued_at=certificate.issued_at,
        verification_url=seal.verification_url(certificate.number),
        credential=certificate.credential,
        seal=note,
    )


def pass_page(session: Session, row: PassCredential, *, second: str, note: SealNote | None, seal: Seal) -> PassPage:
    """Everything on the sheet of a pass, as its credential says it."""
    held = session.get_one(AssociationPass, row.pass_id)
    achievement = json.loads(row.credential)["credentialSubject"]["achievement"]
    narrative = str(achievement.get("criteria", {}).get("narrative", ""))
    return PassPage(
        number=held.number,
        association=row.association_name,
        second_language=second,
        programme=seal.programme_name,
        issuer=seal.issuer.name,
        town=row.town,
        conditions=tuple(line.removeprefix("- ") for line in narrative.splitlines() if line.strip()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        issued_at=row.issued_at,
        verification_url=seal.verification_url(held.number),
        credential=row.credential,
        seal=note,
    )


def _wording(session: Session, certificate: Certificate) -> Wording | None:
    """The template's words with their gaps filled; None for certificates of before there were templates."""
    if certificate.template_version is None:
        return None
    template = get_template(session, level_code=certificate.level_code, version=certificate.template_version)
    units = sum(module["units"] for module in certificate.modules)
    return wording_of(template).filled(level_title=certificate.level_title, units=units)
