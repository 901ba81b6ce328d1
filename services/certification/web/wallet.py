"""A certificate into the wallet of a phone: what that is, the offer as a code and a link, and what became of it."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.certificates import CertificateState
from services.certification.domain.permissions import Permission
from services.certification.domain.wallet import OfferState, divide_name
from services.certification.operations.seals import seal_of
from services.certification.operations.wallet import offers
from services.certification.web.qr import offer_qr
from services.certification.web.schemas.wallet import OfferSchema
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form
from shared.web.htmx import wants_part

blueprint = Blueprint("wallet", __name__, url_prefix="/certification/certificates/<number>/wallet")

_MINUTE = timedelta(minutes=1)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """The code on the page is worth a certificate: no cache keeps it, no other site learns the address."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("")
@requires(Permission.WALLET_OFFER)
def start(number: str) -> AnyResponse:
    """What a wallet is, and what the app will see."""
    with reading() as session:
        certificate = offers.read_own_certificate(session, actor=current_actor(), number=number)
    given_name, family_name = divide_name(certificate.full_name)
    form = Form.empty(OfferSchema(), given_name=given_name, family_name=family_name, needs_pin="true")
    return _start_page(number, form, 200)


@blueprint.post("")
@requires(Permission.WALLET_OFFER)
def offer(number: str) -> AnyResponse:
    """Make an offer."""
    form = Form.submitted(OfferSchema())
    if form.valid:
        with form.catching():
            with transaction() as session:
                offers.count_offer(session, actor=current_actor(), now=utc_now())
            with transaction() as session:
                offer_id = offers.offer_certificate(
                    session,
                    actor=current_actor(),
                    number=number,
                    given_name=form.values["given_name"],
                    family_name=form.values["family_name"],
                    needs_pin=form.values["needs_pin"],
                    key=resources().settings.secret_key,
                    now=utc_now(),
                )
            return redirect(url_for("wallet.show", number=number, offer_id=offer_id), 303)
    return _start_page(number, form, 422)


@blueprint.get("/<uuid:offer_id>")
@requires(Permission.WALLET_OFFER)
def show(number: str, offer_id: UUID) -> AnyResponse:
    """The offer: its code, its link, how long it holds; or what became of it."""
    now = utc_now()
    with reading() as session:
        certificate, shown = offers.read_offer(
            session,
            actor=current_actor(),
            number=number,
            offer_id=offer_id,
            seal=seal_of(resources().settings),
            key=resources().settings.secret_key,
        )
    is_waiting = shown.is_waiting(now)
    if wants_part() and not _is_as_seen(shown, is_waiting):
        return make_response("", 200, {"HX-Refresh": "true"})
    template = "_waiting" if wants_part() else "offer"
    page = render_template(
        f"certification/wallet/{template}.html",
        certificate=certificate,
        offer=shown,
        is_waiting=is_waiting,
        minutes=max(1, -((now - shown.expires_at) // _MINUTE)) if is_waiting else 0,
        qr=offer_qr(shown.link) if is_waiting else None,
    )
    return make_response(page)


@blueprint.post("/<uuid:offer_id>/renew")
@requires(Permission.WALLET_OFFER)
def renew(number: str, offer_id: UUID) -> AnyResponse:
    """A new code with the same answers."""
    with transaction() as session:
        offers.count_offer(session, actor=current_actor(), now=utc_now())
    with transaction() as session:
        new_id = offers.renew_offer(
            session,
            actor=current_actor(),
            number=number,
            offer_id=offer_id,
            key=resources().settings.secret_key,
            now=utc_now(),
        )
    return redirect(url_for("wallet.show", number=number, offer_id=new_id), 303)


@blueprint.post("/<uuid:offer_id>/withdraw")
@requires(Permission.WALLET_OFFER)
def withdraw(number: str, offer_id: UUID) -> AnyResponse:
    """The phone is gone: its copies stop counting."""
    with transaction() as session:
        offers.withdraw_copies(
            session,
            actor=current_actor(),
            number=number,
            offer_id=offer_id,
            seal=seal_of(resources().settings),
            now=utc_now(),
        )
    return redirect(url_for("wallet.start", number=number), 303)


def _is_as_seen(offer: offers.OfferView, is_waiting: bool) -> bool:
    """Whether the page that asks for its waiting part is still right as a whole; otherwise it is loaded anew."""
    return request.args.get("seen") == offer.state and (is_waiting or offer.state is OfferState.REDEEMED)


def _start_page(number: str, form: Form, status: int) -> AnyResponse:
    with reading() as session:
        certificate = offers.read_own_certificate(session, actor=current_actor(), number=number)
        visits = offers.list_visits(session, certificate=certificate)
    page = render_template(
        "certification/wallet/start.html",
        certificate=certificate,
        form=form,
        visits=visits,
        is_in_force=certificate.state is CertificateState.ISSUED,
    )
    return make_response(page, status)
