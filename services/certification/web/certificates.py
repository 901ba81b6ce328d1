"""The holder's pages: what somebody owns, and everything to do with one of them."""

from flask import Blueprint, Response, make_response, render_template
from werkzeug.http import dump_options_header

from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations import certificates, documents
from services.certification.operations.seals import seal_of
from services.certification.web.qr import qr_svg
from services.certification.web.words import REASONS, STATES
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, reading, requires, resources

blueprint = Blueprint("certificates", __name__, url_prefix="/certification")


@blueprint.get("/")
@requires(Permission.CERTIFICATE_LIST_OWN)
def own() -> str:
    """My certificates."""
    with reading() as session:
        owned = certificates.list_own_certificates(session, actor=current_actor())
    return render_template("certification/certificates/list.html", certificates=owned, states=STATES)


@blueprint.get("/certificates/<number>")
@requires(Permission.CERTIFICATE_READ)
def show(number: str) -> str:
    """One certificate: download, link, code."""
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    address = seal_of(resources().settings).verification_url(certificate.number)
    return render_template(
        "certification/certificates/detail.html",
        certificate=certificate,
        state=STATES[certificate.state],
        reason=REASONS.get(certificate.revocation_reason) if certificate.revocation_reason else None,
        address=address,
        qr=qr_svg(address),
        is_own=certificate.person_id == current_actor().person_id,
        may_revoke=allows(PERMISSIONS, current_actor(), Permission.CERTIFICATE_REVOKE, Facts()),
    )


@blueprint.get("/certificates/<number>/document.pdf")
@requires(Permission.CERTIFICATE_READ)
def document(number: str) -> Response:
    """The certificate as PDF."""
    with reading() as session:
        pdf, name = documents.read_document(
            session,
            actor=current_actor(),
            number=number,
            documents=resources().documents,
            seal=seal_of(resources().settings),
        )
    return _download(pdf, name=name, content_type="application/pdf")


@blueprint.get("/certificates/<number>/credential.json")
@requires(Permission.CERTIFICATE_READ)
def credential(number: str) -> Response:
    """The signed credential, byte for byte as it was signed."""
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    return _download(
        certificate.credential.encode(),
        name="credential.json",
        content_type="application/ld+json",
    )


def _download(content: bytes, *, name: str, content_type: str) -> Response:
    response = make_response(content)
    response.content_type = content_type
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    response.headers["Cache-Control"] = "private, no-store"
    return response
