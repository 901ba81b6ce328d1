"""Files: read in isolation, checked, forgotten."""

from contextlib import closing

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.errors import UploadMissing, UploadTooLarge
from services.certification.domain.presented import FILE_LIMIT_KIB, Presented
from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from services.certification.web.schemas.verification import UploadSchema
from services.certification.web.verification.door import blueprint
from services.certification.web.verification.pages import number_in
from services.certification.web.verification.showing import foreign_page, upload_page
from shared.kernel.clock import utc_now
from shared.web import public, reading, resources, transaction
from shared.web.askers import asker
from shared.web.forms import Form


@blueprint.post("/file")
@public
def check_file() -> AnyResponse:
    """Check a credential from a file or from pasted text; it is not kept."""
    form = Form.submitted(UploadSchema())
    page: str | None = None
    if form.valid:
        number = number_in(str(form.values["text"])) if not _has_file() else None
        if number is not None:
            return redirect(url_for("verification.show", typed=number), 303)
        with form.catching():
            with transaction() as session:
                verification.count_upload(session, asker=asker(), now=utc_now())
            page = _page_of(verification.open_upload(data=_uploaded(form)))
    if page is None:
        return make_response(render_template("certification/verify/start.html", form=form), 422)
    return make_response(page)


def _page_of(presented: Presented) -> str:
    """Of what is ours we say everything; of what is not, what its signature says."""
    settings, now = resources().settings, utc_now()
    with reading() as session:
        found = verification.verify_presented(session, presented=presented, seal=seal_of(settings), now=now)
    if found is not None:
        return upload_page(found)
    return foreign_page(verification.verify_foreign(presented=presented, mode=settings.foreign_badges, now=now))


def _has_file() -> bool:
    file = request.files.get("file")
    return bool(file and file.filename)


def _uploaded(form: Form) -> bytes:
    if not _has_file():
        if not form.values["text"]:
            raise UploadMissing
        return str(form.values["text"]).encode()
    with closing(request.files["file"]) as file:
        data = file.stream.read(FILE_LIMIT_KIB * 1024 + 1)
    if len(data) > FILE_LIMIT_KIB * 1024:
        raise UploadTooLarge(limit_kib=FILE_LIMIT_KIB)
    return data
