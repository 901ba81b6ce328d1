"""Certificates for Europass as JSON-LD."""

import json

from flask import Response
from flask_smorest import Blueprint

from services.certification.domain.permissions import Permission
from services.certification.operations import elm
from services.certification.operations.seals import seal_of
from shared.web import current_actor, reading, requires, resources

blueprint = Blueprint(
    "elm_api", __name__, description="Export in the European Learning Model 3.1 (EDC profile), without a seal"
)

_TYPE = "application/ld+json"


@blueprint.get("/certificates/<number>/elm")
@requires(Permission.CERTIFICATE_EXPORT)
@blueprint.alt_response(200, description="A EuropeanDigitalCredential, shapes not checked", content_type=_TYPE)
def export(number: str) -> Response:
    """A certificate for Europass: what was signed, in the European Learning Model, not sealed."""
    with reading() as session:
        document = elm.export_certificate(
            session, actor=current_actor(), number=number, seal=seal_of(resources().settings)
        )
    response = Response(json.dumps(document, ensure_ascii=False, indent=2), content_type=_TYPE)
    response.headers["Content-Disposition"] = "attachment; filename=europass.jsonld"
    response.headers["Cache-Control"] = "private, no-store"
    return response
