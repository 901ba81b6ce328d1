"""A new certificate in the place of one: asked for by its holder, decided by the office."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.certification.domain.certificates import CertificateState
from services.certification.domain.permissions import Permission
from services.certification.domain.reissues import REASONS_OF_HOLDERS, ReissueReason
from services.certification.operations import certificates, reissues
from services.certification.operations.seals import seal_of
from services.certification.web.schemas.issuing import AnswerSchema, ReissueAskedSchema, ReissueSchema
from services.certification.web.words import REISSUE_REASONS
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form

blueprint = Blueprint("reissues", __name__, url_prefix="/certification")

Answer = str | Response | tuple[str, int]


@blueprint.get("/certificates/<number>/reissue")
@requires(Permission.REISSUE_ASK)
def ask(number: str) -> Answer:
    """What is wrong with it?"""
    return _ask_page(number, Form.empty(ReissueAskedSchema()))


@blueprint.post("/certificates/<number>/reissue")
@requires(Permission.REISSUE_ASK)
def send(number: str) -> Answer:
    """Ask the office."""
    form = Form.submitted(ReissueAskedSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            reissues.ask_for_reissue(
                session,
                actor=current_actor(),
                number=number,
                reason=ReissueReason(form.values["reason"]),
                text=form.values["text"],
                now=utc_now(),
            )
    if not form.valid:
        return _ask_page(number, form)
    flash(_("The programme office will look at it. You find the answer on this page."), "success")
    return redirect(url_for("certificates.show", number=number), 303)


def _ask_page(number: str, form: Form) -> Answer:
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    page = render_template(
        "certification/reissues/ask.html",
        certificate=certificate,
        is_issued=certificate.state is CertificateState.ISSUED,
        form=form,
        reasons=_reasons(),
    )
    return page if form.valid else (page, 422)


@blueprint.get("/office/reissues")
@requires(Permission.REISSUE_DECIDE)
def list_asked() -> str:
    """What holders have asked for."""
    with reading() as session:
        asked = reissues.list_asked(session, actor=current_actor())
    return render_template("certification/reissues/list.html", asked=asked, reasons=REISSUE_REASONS)


@blueprint.get("/office/reissues/<uuid:request_id>")
@requires(Permission.REISSUE_DECIDE)
def show(request_id: UUID) -> Answer:
    """One request: what stands on the certificate, what the person says, and what would stand on the new one."""
    return _answer_page(request_id, Form.empty(AnswerSchema()))


@blueprint.post("/office/reissues/<uuid:request_id>/grant")
@requires(Permission.REISSUE_DECIDE)
def grant(request_id: UUID) -> Answer:
    """Make the certificate anew."""
    form = Form.empty(AnswerSchema())
    number = ""
    with form.catching(), transaction() as session:
        number = reissues.grant_reissue(
            session,
            actor=current_actor(),
            request_id=request_id,
            seal=seal_of(resources().settings),
            now=utc_now(),
        ).number
    if not form.valid:
        return _answer_page(request_id, form)
    flash(_("The new certificate is issued and has taken the place of the old one."), "success")
    return redirect(url_for("certificates.show", number=number), 303)


@blueprint.post("/office/reissues/<uuid:request_id>/refuse")
@requires(Permission.REISSUE_DECIDE)
def refuse(request_id: UUID) -> Answer:
    """Leave the certificate as it is, with words that the holder reads."""
    form = Form.submitted(AnswerSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            reissues.refuse_reissue(
                session,
                actor=current_actor(),
                request_id=request_id,
                answer=form.values["answer"],
                now=utc_now(),
            )
    if not form.valid:
        return _answer_page(request_id, form)
    flash(_("Your answer stands on the person's certificate page."), "success")
    return redirect(url_for("reissues.list_asked"), 303)


def _answer_page(request_id: UUID, form: Form) -> Answer:
    with reading() as session:
        asked = reissues.read_asked(session, actor=current_actor(), request_id=request_id)
    page = render_template("certification/reissues/answer.html", asked=asked, form=form, reasons=REISSUE_REASONS)
    return page if form.valid else (page, 422)


@blueprint.get("/office/certificates/<number>/reissue")
@requires(Permission.REISSUE_DECIDE)
def begin(number: str) -> Answer:
    """Make a certificate anew without having been asked."""
    return _begin_page(number, Form.empty(ReissueSchema()))


@blueprint.post("/office/certificates/<number>/reissue")
@requires(Permission.REISSUE_DECIDE)
def reissue(number: str) -> Answer:
    """Do it."""
    form = Form.submitted(ReissueSchema())
    new_number = ""
    if form.valid:
        with form.catching(), transaction() as session:
            new_number = reissues.reissue_certificate(
                session,
                actor=current_actor(),
                number=number,
                reason=ReissueReason(form.values["reason"]),
                seal=seal_of(resources().settings),
                now=utc_now(),
            ).number
    if not form.valid:
        return _begin_page(number, form)
    flash(_("The new certificate is issued and has taken the place of the old one."), "success")
    return redirect(url_for("certificates.show", number=new_number), 303)


def _begin_page(number: str, form: Form) -> Answer:
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    page = render_template(
        "certification/reissues/begin.html",
        certificate=certificate,
        is_issued=certificate.state is CertificateState.ISSUED,
        form=form,
    )
    return page if form.valid else (page, 422)


def _reasons() -> list[tuple[str, object]]:
    return [(reason.value, REISSUE_REASONS[reason]) for reason in REASONS_OF_HOLDERS]
