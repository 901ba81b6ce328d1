"""What a board downloads of its pass: the signed credential, the sheet, and the page that waits for the sheet."""

from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.certification.domain.documents import second_language_for
from services.certification.domain.permissions import Permission
from services.certification.operations import passes
from services.certification.operations.documents import OpenedDocument
from services.certification.operations.pass_documents import open_pass_document
from services.certification.web.filters import typed_text
from shared.kernel.clock import utc_now
from shared.ui.languages import page_language
from shared.web import current_actor, reading, requires, resources, transaction

blueprint = Blueprint("pass_files", __name__, url_prefix="/certification/passes/<uuid:association_id>")

_LOOK_AGAIN_SECONDS = 2


@blueprint.get("/credential.json")
@requires(Permission.PASS_READ)
def credential(association_id: UUID) -> Response:
    """The signed credential, byte for byte as it was signed."""
    with reading() as session:
        found = passes.read_pass_credential(session, actor=current_actor(), association_id=association_id)
        content = found.credential
    return _download(content.encode(), name="memo-pass.json", content_type="application/ld+json")


@blueprint.get("/document.pdf")
@requires(Permission.PASS_READ)
def document(association_id: UUID) -> Response:
    """The sheet as PDF; where it is not made yet, the page that waits for it."""
    opened = _open(association_id)
    if opened.pdf is None:
        address = url_for("pass_files.await_document", association_id=association_id, second=opened.second_language)
        return redirect(address, 303)
    return _download(opened.pdf, name=opened.filename, content_type="application/pdf")


@blueprint.get("/document")
@requires(Permission.PASS_READ)
def await_document(association_id: UUID) -> Response:
    """Waiting for the sheet: the page looks again by itself, and shows the way to it as soon as it is there."""
    opened = _open(association_id)
    page = render_template("certification/passes/document.html", association_id=association_id, opened=opened)
    response = make_response(page)
    if opened.pdf is None:
        response.headers["Refresh"] = str(_LOOK_AGAIN_SECONDS)
    return response


def _open(association_id: UUID) -> OpenedDocument:
    wanted = typed_text("second") if "second" in request.args else second_language_for(page_language().code)
    with transaction() as session:
        return open_pass_document(
            session,
            actor=current_actor(),
            association_id=association_id,
            second_language=wanted,
            documents=resources().documents,
            now=utc_now(),
        )


def _download(content: bytes, *, name: str, content_type: str) -> Response:
    response = make_response(content)
    response.content_type = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
