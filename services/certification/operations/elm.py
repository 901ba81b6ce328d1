"""Certificates for Europass: the facts of one, in the words of the European Learning Model."""

import json
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.certificates import CertificateState
from services.certification.domain.elm import ElmFacts, elm_document
from services.certification.domain.errors import ExportRefused
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import Certificate
from services.certification.queries.certificates import get_certificate
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require_or_hide


def export_certificate(session: Session, *, actor: Actor, number: str, seal: Seal) -> dict[str, Any]:
    """A certificate that counts as a EuropeanDigitalCredential without a seal. Raises NotFound, ExportRefused.

    For its holder, the office, and machines that may read certificates; for everybody else it is not found.
    """
    certificate = get_certificate(session, number=number)
    require_or_hide(
        PERMISSIONS, actor, Permission.CERTIFICATE_EXPORT, Facts(person_id=certificate.person_id), kind="certificate"
    )
    if certificate.state is not CertificateState.ISSUED or certificate.erased_at is not None:
        raise ExportRefused
    return elm_document(_facts(certificate, seal))


def _facts(certificate: Certificate, seal: Seal) -> ElmFacts:
    """What was signed, wherever the credential says it: an export must not say something else."""
    subject = json.loads(certificate.credential)["credentialSubject"]
    achievement = subject["achievement"]
    targets = [(one["targetType"], one["targetUrl"], one["targetName"]) for one in achievement.get("alignment", [])]
    return ElmFacts(
        url=seal.verification_url(certificate.number),
        subject_id=subject["id"],
        full_name=certificate.full_name,
        title=achievement["name"],
        description=achievement["description"],
        criteria=achievement["criteria"]["narrative"],
        achievement_url=achievement["id"],
        modules=[(module["title"], module["units"]) for module in certificate.modules],
        units_attended=certificate.units_attended,
        units_offered=certificate.units_offered,
        issuer_did=seal.issuer.did,
        issuer_name=seal.issuer.name,
        issuer_url=seal.issuer.url,
        carrier_name=certificate.carrier_name,
        run_title=certificate.run_title,
        town=certificate.town,
        starts_on=certificate.starts_on,
        ends_on=certificate.ends_on,
        fulfilled_on=certificate.fulfilled_on,
        issued_at=certificate.issued_at,
        eqf_level=next((url for _, url, _ in targets if url.startswith("http://data.europa.eu/snb/eqf/")), None),
        esco_skills=[(url, name) for _, url, name in targets if url.startswith("http://data.europa.eu/esco/")],
    )
