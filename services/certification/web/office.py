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
from shared.web.forms import Answer, Form, form_page, take_form
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("office", __name__, url_prefix="/certification/office")

#: Replacing has a way of its own; the reason stands at certificates that were replaced before it had.
_OFFERED = frozenset(RevocationReason) - {RevocationReason.REPLACED}


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
    return take_form(
        RevocationSchema(),
        lambda session, values: certificates.revoke_certificate(
            session,
            actor=current_actor(),
            number=number,
            reason=RevocationReason(values["reason"]),
            remark=RevocationRemark(values["remark"]) if values["remark"] else None,
            note=values["note"],
            seal=seal_of(resources().settings),
            now=utc_now(),
        ),
        again=lambda form: _revocation_page(number, form),
        said=_("The certificate is revoked. The public page and the status list say so from now on."),
        onward=lambda _certificate: url_for("certificates.show", number=number),
    )


def _revocation_page(number: str, form: Form) -> Answer:
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    return form_page(
        "certification/office/revoke.html",
        form,
        certificate=certificate,
        is_issued=certificate.state is CertificateState.ISSUED,
        reasons=[(reason.value, sentence) for reason, sentence in REASONS.items() if reason in _OFFERED],
        remarks=[(remark.value, sentence) for remark, sentence in REMARKS.items()],
    )


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
