"""The office's pages: all certificates, taking one back, what has to be looked at."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.certification.domain.certificates import CertificateState, RevocationReason, RevocationRemark
from services.certification.domain.permissions import Permission
from services.certification.operations import certificates, reviews
from services.certification.operations.seals import seal_of
from services.certification.queries.programme import list_levels
from services.certification.web.filters import typed_text, typed_texts
from services.certification.web.schemas.certificates import RevocationSchema
from services.certification.web.words import REASONS, REMARKS, REVIEWS, STATES
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("office", __name__, url_prefix="/certification/office")

#: Replacing has a way of its own; the reason stands at certificates that were replaced before it had.
_OFFERED = frozenset(RevocationReason) - {RevocationReason.REPLACED}

Answer = str | Response | tuple[str, int]


@blueprint.get("/certificates")
@requires(Permission.CERTIFICATE_LIST)
def list_certificates() -> str:
    """Search by number or name, newest first."""
    state = request.args.get("state", "")
    with reading() as session:
        found = certificates.search_certificates(
            session,
            actor=current_actor(),
            search=typed_text("search"),
            state=CertificateState(state) if state in set(CertificateState) else None,
            level_code=typed_text("level"),
            after=requested_cursor(),
            limit=PAGE_SIZE + 1,
        )
        levels = list_levels(session)
    page = page_of(found, key=lambda certificate: [certificate.issued_at.isoformat(), str(certificate.id)])
    return render_template(
        "certification/office/list.html",
        page=page,
        levels=levels,
        states=STATES,
        args=typed_texts("search", "state", "level"),
    )


@blueprint.get("/certificates/<number>/revoke")
@requires(Permission.CERTIFICATE_REVOKE)
def ask_to_revoke(number: str) -> Answer:
    """Ask for the reasons."""
    return _revocation_page(number, Form.empty(RevocationSchema()))


@blueprint.post("/certificates/<number>/revoke")
@requires(Permission.CERTIFICATE_REVOKE)
def revoke(number: str) -> Answer:
    """Take a certificate back."""
    form = Form.submitted(RevocationSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            certificates.revoke_certificate(
                session,
                actor=current_actor(),
                number=number,
                reason=RevocationReason(form.values["reason"]),
                remark=RevocationRemark(form.values["remark"]) if form.values["remark"] else None,
                note=form.values["note"],
                seal=seal_of(resources().settings),
                now=utc_now(),
            )
    if not form.valid:
        return _revocation_page(number, form)
    flash(_("The certificate is revoked. The public page and the status list say so from now on."), "success")
    return redirect(url_for("certificates.show", number=number), 303)


def _revocation_page(number: str, form: Form) -> Answer:
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    page = render_template(
        "certification/office/revoke.html",
        certificate=certificate,
        is_issued=certificate.state is CertificateState.ISSUED,
        form=form,
        reasons=[(reason.value, sentence) for reason, sentence in REASONS.items() if reason in _OFFERED],
        remarks=[(remark.value, sentence) for remark, sentence in REMARKS.items()],
    )
    return page if form.valid else (page, 422)


@blueprint.get("/reviews")
@requires(Permission.REVIEW_LIST)
def list_reviews() -> str:
    """Certificates behind which a fact was taken back."""
    with reading() as session:
        waiting = reviews.list_open_reviews(session, actor=current_actor())
    return render_template("certification/office/reviews.html", waiting=waiting, reviews=REVIEWS)


@blueprint.post("/reviews/<number>/close")
@requires(Permission.REVIEW_CLOSE)
def close_review(number: str) -> Response:
    """Leave the certificate as it is."""
    with transaction() as session:
        reviews.close_review(session, actor=current_actor(), number=number, now=utc_now())
    flash(_("The certificate stays valid. It is off the list."), "success")
    return redirect(url_for("office.list_reviews"), 303)
