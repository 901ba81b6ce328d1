"""A person's own certificates as JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.certification.domain.permissions import Permission
from services.certification.operations import certificates
from services.certification.operations.seals import seal_of
from shared.web import current_actor, reading, requires, resources
from shared.web.api import PageSchema

blueprint = Blueprint("certificates_api", __name__, description="Certificates of the person who is signed in")


class CertificateSchema(Schema):
    """One certificate, as its holder sees it."""

    number = fields.String(metadata={"description": "Seven groups of four characters"})
    state = fields.String(metadata={"enum": ["issued", "revoked"]})
    level_code = fields.String()
    level_title = fields.String()
    issued_on = fields.Date()
    units_attended = fields.Integer()
    units_offered = fields.Integer()
    verification_url = fields.URL(require_tld=False)
    revoked_at = fields.AwareDateTime(allow_none=True)
    revocation_reason = fields.String(allow_none=True)


class SignedCredentialSchema(Schema):
    """One credential in both formats that it is signed in."""

    credential = fields.String(metadata={"description": "JSON-LD with a Data Integrity proof, byte for byte"})
    jwt = fields.String(allow_none=True, metadata={"description": "The same as a JSON Web Token (typ vc+jwt)"})


class CertificatePageSchema(PageSchema):
    """A person owns few: the list has one page."""

    items = fields.List(fields.Nested(CertificateSchema))


@dataclass(frozen=True)
class _Certificate:
    number: str
    state: str
    level_code: str
    level_title: str
    issued_on: date
    units_attended: int
    units_offered: int
    verification_url: str
    revoked_at: datetime | None
    revocation_reason: str | None


@blueprint.get("/certificates")
@requires(Permission.CERTIFICATE_LIST_OWN)
@blueprint.response(200, CertificatePageSchema)
def list_own() -> dict[str, Any]:
    """My certificates, the newest first."""
    seal = seal_of(resources().settings)
    with reading() as session:
        owned = certificates.list_own_certificates(session, actor=current_actor())
    items = [
        _Certificate(
            number=certificate.number,
            state=certificate.state.value,
            level_code=certificate.level_code,
            level_title=certificate.level_title,
            issued_on=certificate.issued_on,
            units_attended=certificate.units_attended,
            units_offered=certificate.units_offered,
            verification_url=seal.verification_url(certificate.number),
            revoked_at=certificate.revoked_at,
            revocation_reason=certificate.revocation_reason.value if certificate.revocation_reason else None,
        )
        for certificate in owned
    ]
    return {"items": items, "next_cursor": None}


@blueprint.get("/certificates/<number>/credential")
@requires(Permission.CERTIFICATE_READ)
@blueprint.response(200, SignedCredentialSchema)
def read_credential(number: str) -> dict[str, Any]:
    """The signed credential of one certificate, for its holder or the office."""
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    return {"credential": certificate.credential, "jwt": certificate.credential_jwt}
