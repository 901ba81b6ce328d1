"""The holder's pages: what somebody owns, and everything to do with one of them."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response as BaseResponse

from services.certification.domain.badges import CONTENT_TYPES, BadgeForm
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations import badges, certificates, collections, documents, reissues, releases
from services.certification.operations.seals import seal_of
from services.certification.web.filters import typed_text
from services.certification.web.profiles import linkedin_address
from services.certification.web.qr import qr_svg
from services.certification.web.words import LANGUAGE_NAMES, REASONS, REFUSALS, REMARKS, STATES
from shared.kernel.actor import Role
from shared.kernel.clock import utc_now
from shared.kernel.permissions import Facts, allows
from shared.ui.languages import page_language
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.htmx import wants_part

blueprint = Blueprint("certificates", __name__, url_prefix="/certification")


@blueprint.get("/")
@requires(Permission.CERTIFICATE_LIST_OWN)
def own() -> str:
    """My certificates."""
    with reading() as session:
        owned = certificates.list_own_certificates(session, actor=current_actor())
        held = releases.list_own_held(session, actor=current_actor())
    return render_template(
        "certification/certificates/list.html",
        certificates=owned,
        states=STATES,
        held=held,
        refusals=REFUSALS,
        is_on_board=current_actor().holds(Role.BOARD),
    )


@blueprint.get("/everything.zip")
@requires(Permission.CERTIFICATE_LIST_OWN)
def everything() -> Response:
    """Every certificate of mine in all its forms, in one file."""
    with transaction() as session:
        packed = collections.collect_certificates(
            session,
            actor=current_actor(),
            language=page_language().code,
            documents=resources().documents,
            seal=seal_of(resources().settings),
            now=utc_now(),
        )
    return _download(packed, name="memo-certificates.zip", content_type="application/zip")


@blueprint.get("/certificates/<number>")
@requires(Permission.CERTIFICATE_READ)
def show(number: str) -> str:
    """One certificate: download, link, code."""
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
        languages = documents.second_languages_of(session, certificate)
        second = documents.default_language(session, certificate)
        lineage = reissues.read_lineage(session, certificate=certificate)
    address = seal_of(resources().settings).verification_url(certificate.number)
    return render_template(
        "certification/certificates/detail.html",
        certificate=certificate,
        state=STATES[certificate.state],
        reason=REASONS.get(certificate.revocation_reason) if certificate.revocation_reason else None,
        remark=REMARKS.get(certificate.revocation_remark) if certificate.revocation_remark else None,
        lineage=lineage,
        may_reissue=allows(PERMISSIONS, current_actor(), Permission.REISSUE_DECIDE, Facts()),
        address=address,
        linkedin=linkedin_address(
            title=certificate.level_title,
            issued_on=certificate.issued_on,
            number=certificate.number,
            address=address,
            issuer=resources().settings.issuer_name,
        ),
        second=second,
        languages=[(code, LANGUAGE_NAMES[code]) for code in languages],
        qr=qr_svg(address),
        is_own=certificate.person_id == current_actor().person_id,
        may_revoke=allows(PERMISSIONS, current_actor(), Permission.CERTIFICATE_REVOKE, Facts()),
        may_erase=allows(PERMISSIONS, current_actor(), Permission.PERSON_ERASE, Facts()),
    )


@blueprint.get("/certificates/<number>/document.pdf")
@requires(Permission.CERTIFICATE_READ)
def document(number: str) -> BaseResponse:
    """The certificate as PDF, in a second language of choice; where it is not made yet, the page that waits for it."""
    second = _second_language(number)
    with transaction() as session:
        opened = documents.open_certificate_document(
            session,
            actor=current_actor(),
            number=number,
            second_language=second,
            documents=resources().documents,
            now=utc_now(),
        )
    if opened.pdf is None:
        return redirect(url_for("certificates.await_document", number=number, second=second), 303)
    return _download(opened.pdf, name=opened.filename, content_type="application/pdf")


@blueprint.get("/certificates/<number>/document")
@requires(Permission.CERTIFICATE_READ)
def await_document(number: str) -> str:
    """Waiting for a PDF: how far it is, and the way to it as soon as it is there."""
    second = _second_language(number)
    with reading() as session:
        opened = documents.has_document(session, actor=current_actor(), number=number, second_language=second)
    template = "_document" if wants_part() else "document"
    return render_template(f"certification/certificates/{template}.html", number=number, second=second, opened=opened)


def _second_language(number: str) -> str:
    """The language that the address asks for; without one, the language of the certificate's holder."""
    if "second" in request.args:
        return typed_text("second")
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
        return documents.default_language(session, certificate)


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


@blueprint.get("/certificates/<number>/credential.jwt")
@requires(Permission.CERTIFICATE_READ)
def credential_token(number: str) -> Response:
    """The same credential as a signed token. Certificates of the first days have none."""
    with reading() as session:
        token = certificates.read_credential_token(session, actor=current_actor(), number=number)
    return _download(token.encode(), name="credential.jwt", content_type="application/vc+jwt")


@blueprint.get("/certificates/<number>/badge.svg")
@requires(Permission.CERTIFICATE_READ)
def badge_drawing(number: str) -> Response:
    """The badge with the credential inside, as drawing."""
    return _badge(number, BadgeForm.SVG)


@blueprint.get("/certificates/<number>/badge.png")
@requires(Permission.CERTIFICATE_READ)
def badge_picture(number: str) -> Response:
    """The same as picture."""
    return _badge(number, BadgeForm.PNG)


def _badge(number: str, form: BadgeForm) -> Response:
    with reading() as session:
        picture, name = badges.read_badge(session, actor=current_actor(), number=number, form=form)
    return _download(picture, name=name, content_type=CONTENT_TYPES[form])


def _download(content: bytes, *, name: str, content_type: str) -> Response:
    response = make_response(content)
    response.content_type = content_type
    response.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    response.headers["Cache-Control"] = "private, no-store"
    return response
