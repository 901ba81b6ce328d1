"""A new certificate in the place of one: asked for by its holder, decided by the office."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from services.certification.domain.certificates import CertificateState
from services.certification.domain.permissions import Permission
from services.certification.domain.reissues import REASONS_OF_HOLDERS, ReissueReason
from services.certification.operations import certificates, reissues
from services.certification.operations.seals import seal_of
from services.certification.web.schemas.issuing import AnswerSchema, ReissueAskedSchema, ReissueSchema
from services.certification.web.words import REISSUE_REASONS
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources
from shared.web.fields import FormSchema
from shared.web.forms import Answer, Form, form_page, take_form

blueprint = Blueprint("reissues", __name__, url_prefix="/certification")


@blueprint.get("/certificates/<number>/reissue")
@requires(Permission.REISSUE_ASK)
def ask(number: str) -> Answer:
    """What is wrong with it?"""
    return _ask_page(number, Form.empty(ReissueAskedSchema()))


@blueprint.post("/certificates/<number>/reissue")
@requires(Permission.REISSUE_ASK)
def send(number: str) -> Answer:
    """Ask the office."""
    return take_form(
        ReissueAskedSchema(),
        lambda session, values: reissues.ask_for_reissue(
            session,
            actor=current_actor(),
            number=number,
            reason=ReissueReason(values["reason"]),
            text=values["text"],
            now=utc_now(),
        ),
        again=lambda form: _ask_page(number, form),
        said=_("The programme office will look at it. You find the answer on this page."),
        onward=lambda _asked: url_for("certificates.show", number=number),
    )


def _ask_page(number: str, form: Form) -> Answer:
    reasons = [(reason.value, REISSUE_REASONS[reason]) for reason in REASONS_OF_HOLDERS]
    return _certificate_page("certification/reissues/ask.html", number, form, reasons=reasons)


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
    return take_form(
        FormSchema(),
        lambda session, _values: reissues.grant_reissue(
            session,
            actor=current_actor(),
            request_id=request_id,
            seal=seal_of(resources().settings),
            now=utc_now(),
        ),
        again=lambda form: _answer_page(request_id, form),
        said=_("The new certificate is issued and has taken the place of the old one."),
        onward=lambda certificate: url_for("certificates.show", number=certificate.number),
    )


@blueprint.post("/office/reissues/<uuid:request_id>/refuse")
@requires(Permission.REISSUE_DECIDE)
def refuse(request_id: UUID) -> Answer:
    """Leave the certificate as it is, with words that the holder reads."""
    return take_form(
        AnswerSchema(),
        lambda session, values: reissues.refuse_reissue(
            session, actor=current_actor(), request_id=request_id, answer=values["answer"], now=utc_now()
        ),
        again=lambda form: _answer_page(request_id, form),
        said=_("Your answer stands on the person's certificate page."),
        onward=lambda _refused: url_for("reissues.list_asked"),
    )


def _answer_page(request_id: UUID, form: Form) -> Answer:
    with reading() as session:
        asked = reissues.read_asked(session, actor=current_actor(), request_id=request_id)
    return form_page("certification/reissues/answer.html", form, asked=asked, reasons=REISSUE_REASONS)


@blueprint.get("/office/certificates/<number>/reissue")
@requires(Permission.REISSUE_DECIDE)
def begin(number: str) -> Answer:
    """Make a certificate anew without having been asked."""
    return _begin_page(number, Form.empty(ReissueSchema()))


@blueprint.post("/office/certificates/<number>/reissue")
@requires(Permission.REISSUE_DECIDE)
def reissue(number: str) -> Answer:
    """Do it."""
    return take_form(
        ReissueSchema(),
        lambda session, values: reissues.reissue_certificate(
            session,
            actor=current_actor(),
            number=number,
            reason=ReissueReason(values["reason"]),
            seal=seal_of(resources().settings),
            now=utc_now(),
        ),
        again=lambda form: _begin_page(number, form),
        said=_("The new certificate is issued and has taken the place of the old one."),
        onward=lambda certificate: url_for("certificates.show", number=certificate.number),
    )


def _begin_page(number: str, form: Form) -> Answer:
    return _certificate_page("certification/reissues/begin.html", number, form)


def _certificate_page(template: str, number: str, form: Form, **facts: Any) -> Answer:
    with reading() as session:
        certificate = certificates.read_certificate(session, actor=current_actor(), number=number)
    is_issued = certificate.state is CertificateState.ISSUED
    return form_page(template, form, certificate=certificate, is_issued=is_issued, **facts)
