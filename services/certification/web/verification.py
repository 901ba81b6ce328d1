"""Public verification: no account, no trace, each check in plain words."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.errors import UploadTooLarge
from services.certification.domain.numbers import read_number, strange_characters
from services.certification.domain.verification import UPLOAD_LIMIT_KIB, Verdict
from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from services.certification.operations.verification import CertificateVerification, PassVerification
from services.certification.web.schemas.verification import NameSchema, UploadSchema
from services.certification.web.words import CHECKS, PASS_STATES, REASONS
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.web import public, reading, resources, transaction
from shared.web.forms import Form
from shared.web.htmx import wants_part

blueprint = Blueprint("verification", __name__, url_prefix="/v")


@blueprint.after_request
def keep_quiet(response: Response) -> Response:
    """Nobody learns from us who was checked: no search engine, no cache, no referrer."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/")
@public
def start() -> AnyResponse:
    """Type a number, or hand in a file."""
    typed = request.args.get("number", "").strip()[:200]
    if not typed:
        return _start_page(Form.empty(UploadSchema()), 200)
    number = read_number(typed)
    if number is None:
        return _not_found(typed)
    return redirect(url_for("verification.show", typed=number))


@blueprint.get("/<typed>")
@public
def show(typed: str) -> AnyResponse:
    """What can be said about a certificate or pass."""
    number = read_number(typed)
    if number is not None and number != typed:
        return redirect(url_for("verification.show", typed=number))
    return _verification_page(typed, Form.empty(NameSchema()), answer=None, status=200)


@blueprint.post("/<typed>/name")
@public
def compare(typed: str) -> AnyResponse:
    """Whether the certificate is of somebody of the name that was typed."""
    form = Form.submitted(NameSchema())
    answer: bool | None = None
    if form.valid:
        try:
            with form.catching(), transaction() as session:
                answer = verification.compare_name(
                    session, typed_number=typed, name=form.values["name"], asker=_asker(), now=utc_now()
                )
        except NotFound:
            return _not_found(typed)
    status = 200 if form.valid else 422
    if wants_part():
        part = render_template("certification/verify/_name.html", form=form, answer=answer, number=typed)
        return make_response(part, status)
    return _verification_page(typed, form, answer=answer, status=status)


@blueprint.post("/file")
@public
def check_file() -> AnyResponse:
    """Check a credential from a file or from pasted text; it is not kept."""
    form = Form.submitted(UploadSchema())
    found: CertificateVerification | None = None
    if form.valid:
        with form.catching():
            with transaction() as session:
                verification.count_upload(session, asker=_asker(), now=utc_now())
            with reading() as session:
                found = verification.verify_upload(session, data=_uploaded(form), seal=seal_of(resources().settings))
    if found is None:
        return _start_page(form, 422)
    return make_response(_certificate_page(found, Form.empty(NameSchema()), answer=None, is_file=True))


def _uploaded(form: Form) -> bytes:
    file = request.files.get("file")
    if file and file.filename:
        data = file.stream.read(UPLOAD_LIMIT_KIB * 1024 + 1)
        if len(data) > UPLOAD_LIMIT_KIB * 1024:
            raise UploadTooLarge(limit_kib=UPLOAD_LIMIT_KIB)
        return data
    return str(form.values["text"]).encode()


def _asker() -> str:
    return request.remote_addr or ""


def _start_page(form: Form, status: int) -> AnyResponse:
    return make_response(render_template("certification/verify/start.html", form=form), status)


def _verification_page(typed: str, form: Form, *, answer: bool | None, status: int) -> AnyResponse:
    try:
        with reading() as session:
            found = verification.verify_number(session, typed=typed, seal=seal_of(resources().settings))
    except NotFound:
        return _not_found(typed)
    if isinstance(found, PassVerification):
        page = render_template("certification/verify/pass.html", found=found, state=PASS_STATES[found.state])
        return make_response(page, status)
    return make_response(_certificate_page(found, form, answer=answer, is_file=False), status)


def _certificate_page(found: CertificateVerification, form: Form, *, answer: bool | None, is_file: bool) -> str:
    checks = [(*CHECKS[result.check], result.has_passed) for result in found.checks]
    return render_template(
        "certification/verify/certificate.html",
        found=found,
        checks=checks,
        verdicts=Verdict,
        reason=REASONS.get(found.revocation_reason) if found.revocation_reason else None,
        form=form,
        answer=answer,
        number=found.number,
        is_file=is_file,
    )


def _not_found(typed: str) -> AnyResponse:
    page = render_template(
        "certification/verify/not_found.html",
        typed="".join(letter for letter in typed if letter.isprintable()),
        strange=" ".join(strange_characters(typed)),
    )
    return make_response(page, 404)
